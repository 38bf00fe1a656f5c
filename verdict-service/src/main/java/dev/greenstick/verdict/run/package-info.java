/** The fold from a run's events to what is handed down about it. Pure. */
package dev.greenstick.verdict.run;
