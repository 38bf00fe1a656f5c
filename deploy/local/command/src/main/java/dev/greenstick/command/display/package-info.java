/** What a person sees of a run: a view folded from its events, and the lines that show it. Pure. */
package dev.greenstick.command.display;
