/** Recorded history on the command line: judged once more, written to a directory, travelled in. */
package dev.greenstick.command.replay;
