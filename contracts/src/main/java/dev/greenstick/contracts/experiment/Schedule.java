package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.greenstick.contracts.MayBeMissing;
import java.time.Duration;
import java.util.Objects;

/**
 * When an experiment runs by itself; the words are those of Kubernetes' CronJob.
 *
 * @param cron five fields, six with seconds before them, or a descriptor such as {@code @daily};
 *     null when {@code every} is given
 * @param every an interval, counted from 1970-01-01T00:00:00Z; null when {@code cron} is given
 * @param timeZone whose clocks {@code cron} means, for example {@code Europe/Berlin}; UTC when it
 *     does not say
 * @param startingDeadline how late a run may begin; null for what the scheduler is set to
 * @param concurrencyPolicy what becomes of a run that is due while another goes on; Forbid when it
 *     does not say
 * @param suspend whether nothing is due for the time being; false when it does not say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Schedule(
    @MayBeMissing String cron,
    @MayBeMissing Duration every,
    @MayBeMissing String timeZone,
    @MayBeMissing Duration startingDeadline,
    @MayBeMissing ConcurrencyPolicy concurrencyPolicy,
    @MayBeMissing Boolean suspend) {

  public static final String DEFAULT_TIME_ZONE = "UTC";

  public Schedule {
    if ((cron == null) == (every == null)) {
      throw new IllegalArgumentException("a schedule has either cron or every");
    }
    timeZone = Objects.requireNonNullElse(timeZone, DEFAULT_TIME_ZONE);
    concurrencyPolicy = Objects.requireNonNullElse(concurrencyPolicy, ConcurrencyPolicy.FORBID);
    suspend = Objects.requireNonNullElse(suspend, false);
  }

  /** What becomes of a run that is due while another of the experiment goes on on its cluster. */
  public enum ConcurrencyPolicy {
    /** It is skipped. */
    @JsonProperty("Forbid")
    FORBID,
    /** It takes place beside the other; the injector's limits still hold. */
    @JsonProperty("Allow")
    ALLOW,
    /** The other is aborted, and it begins once that has ended. */
    @JsonProperty("Replace")
    REPLACE
  }
}
