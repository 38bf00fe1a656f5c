/** Steering a scheduler that runs somewhere: definitions, runs and halts. */
package dev.greenstick.command.control;
