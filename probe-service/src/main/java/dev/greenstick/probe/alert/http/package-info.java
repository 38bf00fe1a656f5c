/** The network side of alerts: asking Prometheus and Alertmanager, and being told. */
package dev.greenstick.probe.alert.http;
