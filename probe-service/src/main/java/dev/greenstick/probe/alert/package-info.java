/** Which alerts fire while a run lives, and whether they were looked for all the time. */
package dev.greenstick.probe.alert;
