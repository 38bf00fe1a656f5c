/** What the history of a run means. */
package dev.greenstick.contracts.verdict;
