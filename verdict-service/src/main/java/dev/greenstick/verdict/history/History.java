package dev.greenstick.verdict.history;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The evidence of one run, each event once. */
public interface History {

  /** Everything but the windows, in the order of {@link Evidence#place()}. */
  List<Evidence> events();

  /** Every window, by probe and index; they may be many, so they are shown one by one. */
  void windows(Consumer<Evidence> each);

  /** The event at a place, as {@link Evidence#place()} names it; not a window. */
  default Optional<Evidence> at(String place) {
    return events().stream().filter(evidence -> evidence.place().equals(place)).findFirst();
  }
}
