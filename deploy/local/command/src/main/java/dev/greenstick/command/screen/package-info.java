/** Where the lines go: a terminal that is redrawn in place, or plain lines. */
package dev.greenstick.command.screen;
