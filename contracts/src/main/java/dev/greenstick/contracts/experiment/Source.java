package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.contracts.MayBeMissing;
import java.util.Objects;

/**
 * Where a value comes from; one of these is there. A secret is only ever named: the probe alone
 * reads it, when a run starts, and it stands in no event, log or error.
 *
 * @param value the value itself, for whoever reads events to see
 * @param secretRef a key of a Kubernetes Secret in the probe's own namespace
 * @param file a file beneath the directory that the probe's setting {@code
 *     greenstick.probe.secrets.directory} names; a line break at its end is not part of the value
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Source(
    @MayBeMissing String value, @MayBeMissing SecretRef secretRef, @MayBeMissing String file) {

  /** A value for everybody to see. */
  public static Source of(String value) {
    return new Source(value, null, null);
  }

  /** A key of a Secret. */
  public static Source of(SecretRef secretRef) {
    return new Source(null, secretRef, null);
  }

  /** A file. */
  public static Source ofFile(String file) {
    return new Source(null, null, file);
  }

  /**
   * A key of a Kubernetes Secret.
   *
   * @param name the Secret's name, in the probe's own namespace
   * @param key the key of its data
   */
  public record SecretRef(String name, String key) {

    public SecretRef {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(key, "key");
    }
  }
}
