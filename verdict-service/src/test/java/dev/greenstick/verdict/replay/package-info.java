/** Replay, held against what the live service hands down. */
package dev.greenstick.verdict.replay;
