/** What a probe finds out when it starts: which runs it was in the middle of when it ended. */
package dev.greenstick.probe.resume;
