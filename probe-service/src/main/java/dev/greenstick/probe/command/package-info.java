/** What a command means here and now: started, stopped, refused or ignored, as pure decisions. */
package dev.greenstick.probe.command;
