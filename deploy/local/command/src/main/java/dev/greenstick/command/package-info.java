/** The command line: options in, exit status out. */
package dev.greenstick.command;
