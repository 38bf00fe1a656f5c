package dev.greenstick.verdict.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.greenstick.verdict.timeline.Happening;
import java.util.List;

/**
 * A page of what happened in a run.
 *
 * @param events the earliest first
 * @param next what to give as {@code after} for the next page; left out on the last one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TimelinePage(List<Happening> events, String next) {

  public TimelinePage {
    events = List.copyOf(events);
  }
}
