/** The verdict service: from the events of runs to what they mean. */
package dev.greenstick.verdict;
