/** The life of a run, as the scheduler tells it. */
package dev.greenstick.contracts.run;
