/** The cluster's command topic. */
package dev.greenstick.probe.command.kafka;
