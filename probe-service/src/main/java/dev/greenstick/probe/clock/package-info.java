/** The prober's time: a monotonic ticker, its one anchor to the wall clock, and wake-ups. */
package dev.greenstick.probe.clock;
