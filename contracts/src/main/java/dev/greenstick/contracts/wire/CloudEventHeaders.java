package dev.greenstick.contracts.wire;

import dev.greenstick.contracts.Event;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * CloudEvents attributes as headers of a record, by the Kafka protocol binding 1.0 in binary mode.
 */
public final class CloudEventHeaders {

  public static final String SPECVERSION = "ce_specversion";
  public static final String ID = "ce_id";
  public static final String SOURCE = "ce_source";
  public static final String TYPE = "ce_type";
  public static final String SUBJECT = "ce_subject";
  public static final String TIME = "ce_time";

  /** Extension: the cluster that the event is about. */
  public static final String CLUSTER = "ce_cluster";

  /** Extension: the experiment that the event is about. */
  public static final String EXPERIMENT = "ce_experiment";

  public static final String CONTENT_TYPE = "content-type";

  static final String VERSION = "1.0";
  static final String JSON = "application/json";

  private CloudEventHeaders() {}

  /** Writes an event's attributes; headers of the same names are replaced. */
  static void write(Event<?> event, Headers headers) {
    put(headers, SPECVERSION, VERSION);
    put(headers, ID, event.id().toString());
    put(headers, SOURCE, event.source().toString());
    put(headers, TYPE, event.type());
    put(headers, SUBJECT, event.data().subject());
    put(headers, TIME, event.time().toString());
    event.data().aboutCluster().ifPresent(cluster -> put(headers, CLUSTER, cluster.value()));
    event
        .data()
        .aboutExperiment()
        .ifPresent(experiment -> put(headers, EXPERIMENT, experiment.value()));
    put(headers, CONTENT_TYPE, JSON);
  }

  /**
   * An attribute that must be there.
   *
   * @throws IllegalArgumentException when it is not
   */
  static String require(Headers headers, String name) {
    String value = text(headers, name);
    if (value == null) {
      throw new IllegalArgumentException("header " + name + " is missing");
    }
    return value;
  }

  /**
   * A header's text, for example to choose by {@link #TYPE} without parsing the value; null when it
   * is not there.
   */
  public static String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static void put(Headers headers, String name, String value) {
    headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
