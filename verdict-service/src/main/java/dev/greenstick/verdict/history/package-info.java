/** What is known of a run: its events as evidence, and how far it has come. Pure. */
package dev.greenstick.verdict.history;
