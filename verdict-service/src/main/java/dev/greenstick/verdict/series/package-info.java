/** What the probes of a run saw, second by second or coarser. Pure. */
package dev.greenstick.verdict.series;
