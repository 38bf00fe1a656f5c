/** How the command ends: with a verdict, or with one line that says why there is none. */
package dev.greenstick.command.outcome;
