/** Intervals, tests and distances over samples. Pure. */
package dev.greenstick.verdict.statistics;
