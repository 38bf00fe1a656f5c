/** Health events on their way out: in order, bounded, and none lost while the broker is away. */
package dev.greenstick.probe.emit;
