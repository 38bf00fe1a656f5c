package dev.greenstick.verdict.replay;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Merges topics by timestamp. As Kafka Streams does it: nothing is given while one might be first.
 */
abstract class MergedTape implements Tape {

  private final Track[] tracks;

  MergedTape(List<String> topics) {
    tracks = topics.stream().map(Track::new).toArray(Track[]::new);
  }

  /** What was read of one topic and not yet given. */
  static final class Track {

    private final String topic;
    private final Queue<ConsumerRecord<byte[], byte[]>> ahead = new ArrayDeque<>();
    private ConsumerRecord<byte[], byte[]> head;
    private boolean ended;
    private long reached = -1;

    private Track(String topic) {
      this.topic = topic;
    }

    String topic() {
      return topic;
    }

    /** How many records are read ahead. */
    int ahead() {
      return ahead.size() + (head == null ? 0 : 1);
    }

    void add(Collection<ConsumerRecord<byte[], byte[]>> records) {
      ahead.addAll(records);
      if (head == null) {
        head = ahead.poll();
      }
    }

    /** Nothing more will be read of it. */
    void end() {
      ended = true;
    }

    boolean ended() {
      return ended;
    }

    /**
     * Everything before this offset is given or read ahead; tells whether that is news.
     *
     * @param offset of the next record that will be read
     */
    boolean reached(long offset) {
      boolean news = offset > reached;
      reached = offset;
      return news;
    }
  }

  Track[] tracks() {
    return tracks;
  }

  /** Reads on in at least one track that is neither ended nor has a record ahead. */
  abstract void fill() throws RecordingException;

  @Override
  public final ConsumerRecord<byte[], byte[]> next() throws RecordingException {
    while (true) {
      Track first = null;
      boolean waiting = false;
      for (Track track : tracks) {
        if (track.head == null) {
          waiting |= !track.ended;
        } else if (first == null || track.head.timestamp() < first.head.timestamp()) {
          first = track;
        }
      }
      if (!waiting) {
        return first == null ? null : take(first);
      }
      fill();
    }
  }

  private static ConsumerRecord<byte[], byte[]> take(Track track) {
    ConsumerRecord<byte[], byte[]> record = track.head;
    track.head = track.ahead.poll();
    return record;
  }

  @Override
  public final Positions positions() {
    Map<String, Long> offsets = new LinkedHashMap<>();
    for (Track track : tracks) {
      offsets.put(track.topic, track.head == null ? track.reached : track.head.offset());
    }
    return new Positions(offsets, Optional.empty());
  }
}
