/** Writes the events that tell a cluster's users what happened to an object. */
package dev.greenstick.sandbox.event;
