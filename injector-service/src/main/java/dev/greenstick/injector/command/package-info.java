/** What a command means, given what the ledger holds of its fault: pure. */
package dev.greenstick.injector.command;
