/** Asking the scheduler for a run, and following the run's events as any subscriber would. */
package dev.greenstick.command.follow;
