package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.greenstick.contracts.MayBeMissing;
import java.util.Objects;

/**
 * Requests that the probe reads from a file of its own when a run starts. A bad line keeps the run
 * from starting, and is named with its number.
 *
 * @param file a file beneath the directory that the probe's setting {@code
 *     greenstick.probe.inputs.directory} names
 * @param format how it is written
 * @param inputs what each line becomes: a text that is {@code {column}} and nothing else stands for
 *     the line's value of that column, as a number or a boolean where it is one, {@code
 *     {column:text}} always as text; null where each line is a request with {@code inputs} and
 *     {@code expect} of its own
 * @param expect the same for what is right; null where lines do not say, or where {@code inputs} is
 *     null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RequestsFrom(
    String file, Format format, @MayBeMissing JsonNode inputs, @MayBeMissing JsonNode expect) {

  public RequestsFrom {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(format, "format");
  }

  /** How a file is written. */
  public enum Format {
    /** One JSON object a line; empty lines count for nothing. */
    @JsonProperty("jsonl")
    JSON_LINES,
    /** RFC 4180 with a header line that names the columns. */
    @JsonProperty("csv")
    CSV
  }
}
