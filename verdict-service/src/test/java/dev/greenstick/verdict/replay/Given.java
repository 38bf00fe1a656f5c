package dev.greenstick.verdict.replay;

import dev.greenstick.verdict.hypothesis.Bounds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Replays in tests, and what they told. */
class Given implements Sink {

  static final Replay.Limits LIMITS = new Replay.Limits(2, 64 << 20, Bounds.STANDARD);

  private final List<Judged> judged = Collections.synchronizedList(new ArrayList<>());

  static Counts verify(Recording recording, Given sink) throws Exception {
    return replay(recording, Selection.ALL, new Judging.Verify(), sink);
  }

  static Counts replay(Recording recording, Selection selection, Judging judging, Given sink)
      throws Exception {
    return new Replay(recording, selection, judging, LIMITS).run(sink, pace(), Optional.empty());
  }

  static Pace pace() {
    return new Pace(1, () -> 0);
  }

  List<Judged> judged() {
    return List.copyOf(judged);
  }

  List<Outcome> outcomes() {
    return judged().stream().map(Judged::outcome).toList();
  }

  @Override
  public void begin(Set<UUID> done) {
    // Starts empty.
  }

  @Override
  public void take(Judged one) throws RecordingException {
    judged.add(one);
  }

  @Override
  public void flush() {
    // In memory at once.
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
