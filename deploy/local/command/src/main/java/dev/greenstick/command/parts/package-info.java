/** The processes that the command starts, watches and stops, and the directory they share. */
package dev.greenstick.command.parts;
