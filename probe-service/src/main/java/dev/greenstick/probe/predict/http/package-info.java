/** The network side of asking: HTTP with Vert.x for predictions, REST clients for readiness. */
package dev.greenstick.probe.predict.http;
