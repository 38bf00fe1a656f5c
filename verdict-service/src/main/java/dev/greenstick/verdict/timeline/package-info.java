/** What happened in a run, in the order of time. Pure. */
package dev.greenstick.verdict.timeline;
