package dev.greenstick.probe.predict;

/**
 * A whole answer over HTTP.
 *
 * @param status the status
 * @param body the body, empty when there was none; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // a body is read once and never compared
public record Reply(int status, byte[] body) {}
