/** When runs are due: a pure function from a schedule to instants, without a clock. */
package dev.greenstick.scheduler.calendar;
