package dev.greenstick.contracts.wire;

import dev.greenstick.contracts.RunRef;
import dev.greenstick.contracts.health.Answers;
import dev.greenstick.contracts.health.HealthWindow;
import dev.greenstick.contracts.health.HealthWindow.Exemplar;
import dev.greenstick.contracts.health.HealthWindow.Failure;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.contracts.id.RunId;
import dev.greenstick.contracts.wire.PlainJson.Otherwise;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Health windows, of which there are a hundred for every other event, read in the form in which
 * Greenstick writes them. In any other form they are read as every event is: what is a window and
 * what is none is the same, as a test over spoilt ones shows.
 */
final class PlainWindow {

  private static final byte[] RUN = bytes("{\"run\":{\"id\":\"");
  private static final byte[] EXPERIMENT = bytes(",\"experiment\":\"");
  private static final byte[] CLUSTER = bytes(",\"cluster\":\"");
  private static final byte[] PROBE = bytes("},\"probe\":\"");
  private static final byte[] INDEX = bytes(",\"index\":");
  private static final byte[] START = bytes(",\"start\":\"");
  private static final byte[] OK = bytes(",\"answers\":{\"ok\":");
  private static final byte[] WRONG = bytes(",\"wrong\":");
  private static final byte[] MALFORMED = bytes(",\"malformed\":");
  private static final byte[] REFUSED = bytes(",\"refused\":");
  private static final byte[] TIMED_OUT = bytes(",\"timedOut\":");
  private static final byte[] SERVER_ERROR = bytes(",\"serverError\":");
  private static final byte[] CLIENT_ERROR = bytes(",\"clientError\":");
  private static final byte[] LATENCY = bytes("},\"latency\":\"");
  private static final byte[] LABELS = bytes(",\"labels\":{\"");
  private static final byte[] LATENESS = bytes(",\"latenessMicros\":");
  private static final byte[] EXEMPLARS = bytes(",\"exemplars\":[{\"at\":\"");
  private static final byte[] ANSWER = bytes(",\"answer\":\"");
  private static final byte[] DETAIL = bytes(",\"detail\":\"");
  private static final byte[] NEXT_EXEMPLAR = bytes("},{\"at\":\"");
  private static final byte[] LAST_EXEMPLAR = bytes("}]");
  private static final byte[] UNJUDGED = bytes(",\"unjudged\":");
  private static final byte[] LATENCIES = bytes(",\"latencies\":{\"");
  private static final byte[] FIRST_TOKEN = bytes(",\"firstToken\":\"");
  private static final byte[] LATE = bytes(",\"late\":true");
  private static final byte[] NOT_SENT = bytes(",\"notSent\":");
  private static final byte[] COLON = bytes(":");
  private static final byte[] COLON_TEXT = bytes(":\"");
  private static final byte[] NEXT_KEY = bytes(",\"");
  private static final byte[] END = bytes("}");

  private static final Map<String, Failure> FAILURES =
      Arrays.stream(Failure.values())
          .collect(
              Collectors.toUnmodifiableMap(
                  failure -> Json.text(failure).replace("\"", ""), Function.identity()));

  private final PlainJson json;

  private PlainWindow(byte[] value) {
    this.json = new PlainJson(value);
  }

  /** The window; null when it is written in another form, or is none. */
  static HealthWindow read(byte[] value) {
    try {
      return new PlainWindow(value).window();
    } catch (Otherwise | IllegalArgumentException e) {
      return null;
    }
  }

  private HealthWindow window() throws Otherwise {
    RunRef run = run();
    json.then(PROBE);
    ProbeName probe = new ProbeName(json.text());
    json.then(INDEX);
    int index = json.smallNumber();
    json.then(START);
    Instant start = json.instant();
    Answers answers = answers();
    json.then(LATENCY);
    String latency = json.text();
    Map<String, Long> labels = json.follows(LABELS) ? labels() : Map.of();
    long lateness = count(LATENESS);
    List<Exemplar> exemplars = json.follows(EXEMPLARS) ? exemplars() : List.of();
    long unjudged = json.follows(UNJUDGED) ? json.number() : 0;
    Map<String, String> latencies = json.follows(LATENCIES) ? latencies() : Map.of();
    String firstToken = json.follows(FIRST_TOKEN) ? json.text() : null;
    boolean late = json.follows(LATE);
    long notSent = json.follows(NOT_SENT) ? json.number() : 0;
    json.then(END);
    json.end();
    return new HealthWindow(
        run,
        probe,
        index,
        start,
        answers,
        latency,
        labels,
        lateness,
        exemplars,
        unjudged,
        latencies,
        firstToken,
        late,
        notSent);
  }

  private RunRef run() throws Otherwise {
    json.then(RUN);
    RunId id = new RunId(json.uuid());
    json.then(EXPERIMENT);
    ExperimentName experiment = new ExperimentName(json.text());
    json.then(CLUSTER);
    return new RunRef(id, experiment, new ClusterName(json.text()));
  }

  private Answers answers() throws Otherwise {
    return new Answers(
        count(OK),
        count(WRONG),
        count(MALFORMED),
        count(REFUSED),
        count(TIMED_OUT),
        count(SERVER_ERROR),
        count(CLIENT_ERROR));
  }

  private long count(byte[] name) throws Otherwise {
    json.then(name);
    return json.number();
  }

  private Map<String, Long> labels() throws Otherwise {
    List<Map.Entry<String, Long>> labels = new ArrayList<>(4);
    do {
      String label = json.text();
      json.then(COLON);
      labels.add(Map.entry(label, json.number()));
    } while (json.follows(NEXT_KEY));
    json.then(END);
    return map(labels);
  }

  private Map<String, String> latencies() throws Otherwise {
    List<Map.Entry<String, String>> latencies = new ArrayList<>(4);
    do {
      String name = json.text();
      json.then(COLON_TEXT);
      latencies.add(Map.entry(name, json.text()));
    } while (json.follows(NEXT_KEY));
    json.then(END);
    return map(latencies);
  }

  /**
   * @throws IllegalArgumentException when a name comes twice
   */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <V> Map<String, V> map(List<Map.Entry<String, V>> entries) {
    return Map.ofEntries(entries.toArray(new Map.Entry[0]));
  }

  private List<Exemplar> exemplars() throws Otherwise {
    List<Exemplar> exemplars = new ArrayList<>(4);
    do {
      Instant at = json.instant();
      json.then(ANSWER);
      Failure answer = FAILURES.get(json.text());
      json.then(DETAIL);
      // One that is not known is left to the parser, which says so.
      exemplars.add(new Exemplar(at, answer(answer), json.text()));
    } while (json.follows(NEXT_EXEMPLAR));
    json.then(LAST_EXEMPLAR);
    return exemplars;
  }

  private static Failure answer(Failure known) {
    if (known == null) {
      throw new IllegalArgumentException("no such answer");
    }
    return known;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
