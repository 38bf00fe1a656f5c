/** The definition a user writes: target, hypothesis, method, and the rules it must keep. */
package dev.greenstick.contracts.experiment;
