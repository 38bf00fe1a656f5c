/** Whether a run that is due takes place: the one place that sees all runs, as a pure decision. */
package dev.greenstick.scheduler.admission;
