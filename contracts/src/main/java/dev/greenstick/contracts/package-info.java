/** The front door: every topic of Greenstick, and what all events have in common. */
package dev.greenstick.contracts;
