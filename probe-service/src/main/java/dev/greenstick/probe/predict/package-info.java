/** Asking for predictions and judging the answers: one file per serving protocol, no network. */
package dev.greenstick.probe.predict;
