/** From a record to evidence, or to the reason why it is none. */
package dev.greenstick.verdict.intake;
