/** Recorded history judged once more, from a broker or from a directory. */
package dev.greenstick.verdict.replay;
