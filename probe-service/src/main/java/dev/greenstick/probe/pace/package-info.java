/** When predictions are intended: pure sequences of instants, which know no clock. */
package dev.greenstick.probe.pace;
