/** Timers in a state store that is ordered by due time, so that a tick costs what is due. */
package dev.greenstick.scheduler.timer;
