package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.experiment.PodChaos.Mode;
import dev.greenstick.contracts.experiment.PodChaos.Operator;
import dev.greenstick.contracts.experiment.PodChaos.PodAction;
import dev.greenstick.contracts.experiment.PodChaos.Requirement;
import dev.greenstick.contracts.experiment.PodChaos.Selector;
import dev.greenstick.contracts.experiment.Source.SecretRef;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.contracts.id.StepName;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;

/** Experiments at random, every one valid: the same seed gives the same experiments. */
public final class Experiments {

  private static final List<String> WORDS =
      List.of("a", "model-1", "0", "x-y-z", "canary", "gold", "a0");
  private static final List<String> TEXTS =
      List.of(
          "true", "no", "1", "null", "~", "ä€😀", "a: b", "# no", "'", "\"", "*x", "&y", "x\ny",
          "-");

  private final Random random;

  public Experiments(long seed) {
    random = new Random(seed);
  }

  /** The next one. */
  public Experiment next() {
    Map<String, String> labels = map(this::text);
    return new Experiment(
        new Experiment.Metadata(new ExperimentName(word()), labels),
        new Experiment.Spec(
            distinct(ClusterName::new),
            List.of(probe()),
            Duration.ofMillis(5_000 + random.nextInt(1_000_000)),
            new Hypothesis(some(this::text), some(this::text), any(this::text)),
            steps(),
            Duration.ofNanos(random.nextLong(3_600_000_000_000L)),
            any(this::alerts),
            random.nextBoolean() ? schedule() : null,
            random.nextInt(4) == 0 ? true : null));
  }

  private Schedule schedule() {
    boolean cron = random.nextBoolean();
    return new Schedule(
        cron ? text() : null,
        cron ? null : Duration.ofMillis(1_000 + random.nextInt(1_000_000)),
        random.nextBoolean() ? "Europe/Berlin" : null,
        random.nextBoolean() ? Duration.ofMillis(1_000 + random.nextInt(1_000_000)) : null,
        random.nextBoolean() ? one(Schedule.ConcurrencyPolicy.values()) : null,
        random.nextBoolean() ? random.nextBoolean() : null);
  }

  private AlertFeed alerts() {
    AlertFeed.Source source = one(AlertFeed.Source.values());
    Duration every = Duration.ofMillis(100 + random.nextInt(50_000));
    Map<String, String> labels = map(this::text);
    return switch (source) {
      case PROMETHEUS -> {
        String query = random.nextBoolean() ? text() : null;
        String alert = query != null && random.nextBoolean() ? text() : null;
        yield new AlertFeed(source, url(), query, alert, labels, every, ofAlerts());
      }
      case ALERTMANAGER -> new AlertFeed(source, url(), null, null, labels, every, ofAlerts());
      case WEBHOOK -> new AlertFeed(source, null, null, null, labels, null);
    };
  }

  private URI url() {
    return URI.create(
        one("http://127.0.0.1:8000", "https://models.example/base/", "http://[::1]:1"));
  }

  private List<Experiment.Step> steps() {
    List<Experiment.Step> steps = new ArrayList<>();
    for (StepName name : distinct(StepName::new)) {
      List<Experiment.Branch> branches = new ArrayList<>();
      for (int branch = 0; branch <= random.nextInt(3); branch++) {
        List<Action> actions = new ArrayList<>(some(this::action));
        actions.add(podChaos());
        branches.add(new Experiment.Branch(actions));
      }
      steps.add(new Experiment.Step(name, branches));
    }
    return steps;
  }

  private Action action() {
    return switch (random.nextInt(6)) {
      case 0 -> podChaos();
      case 1 -> networkDeny();
      case 2 -> new ScaleDown(random.nextInt(5), length(), selector());
      case 3 -> new NodeDrain(random.nextBoolean() ? null : 30L, length(), selector());
      case 4 -> chaosMesh();
      default -> new Delay(Duration.ofMillis(1 + random.nextInt(100_000)));
    };
  }

  private NetworkDeny networkDeny() {
    PodChaos like = podChaos();
    return new NetworkDeny(
        like.mode(), like.value(), one(NetworkDeny.Direction.values()), length(), selector());
  }

  private ChaosMesh chaosMesh() {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("selector", Map.of("namespaces", List.of(word())));
    spec.put("mode", "all");
    spec.put("delay", Map.of("latency", text(), "jitter", random.nextInt(9)));
    if (random.nextBoolean()) {
      spec.put("duration", "45s");
    }
    return new ChaosMesh(one(ChaosMesh.Kind.values()), spec);
  }

  private Duration length() {
    return Duration.ofSeconds(1 + random.nextInt(3_600));
  }

  /** A spec. */
  public PodChaos podChaos() {
    PodAction action = one(PodAction.values());
    Mode mode = one(Mode.values());
    String value =
        switch (mode) {
          case ONE, ALL -> null;
          case FIXED -> String.valueOf(1 + random.nextInt(Integer.MAX_VALUE - 1));
          case FIXED_PERCENT, RANDOM_MAX_PERCENT -> String.valueOf(1 + random.nextInt(100));
        };
    return new PodChaos(
        action,
        mode,
        value,
        Duration.ofNanos(1 + random.nextLong(3_600_000_000_000L)),
        random.nextInt(1_000),
        action == PodAction.CONTAINER_KILL ? some(this::word) : any(this::word),
        selector(),
        action == PodAction.POD_KILL && random.nextBoolean());
  }

  private Selector selector() {
    return new Selector(
        some(this::word),
        map(this::text),
        any(this::requirement),
        map(this::text),
        map(this::text),
        any(() -> one("Running", "!Failed", "Pending")),
        any(this::word),
        map(this::text),
        map(() -> some(this::word)));
  }

  private Requirement requirement() {
    Operator operator = one(Operator.values());
    return new Requirement(
        word(),
        operator,
        switch (operator) {
          case IN, NOT_IN -> some(this::text);
          case EXISTS, DOES_NOT_EXIST -> List.of();
        });
  }

  private Probe probe() {
    Arrivals arrivals = random.nextBoolean() ? null : arrivals();
    return new Probe(
        new ProbeName(word()),
        ServingProtocol.OPEN_INFERENCE_V2,
        url(),
        text(),
        random.nextBoolean() ? text() : null,
        ArrivalsReader.highest(arrivals, one(1.0, 0.001, 50.0, 10_000.0, 1 + random.nextDouble())),
        Duration.ofMillis(1 + random.nextInt(60_000)),
        some(this::request),
        arrivals,
        random.nextBoolean() ? null : from(),
        one(null, Expected.GIVEN, Expected.LEARNED),
        map(this::tolerance),
        random.nextBoolean()
            ? new ProtocolOptions(
                null, null, null, null, null, null, null, one(ProtocolOptions.Tensors.values()))
            : null,
        random.nextBoolean() ? connecting() : null);
  }

  private Arrivals arrivals() {
    Duration length = Duration.ofMillis(1 + random.nextInt(100_000));
    return switch (random.nextInt(4)) {
      case 0 -> Arrivals.of(new Arrivals.Poisson(random.nextLong()));
      case 1 -> Arrivals.of(new Arrivals.Ramp(1 + random.nextInt(100), length));
      case 2 -> Arrivals.of(some(() -> new Arrivals.Step(1 + random.nextInt(100), length)));
      default ->
          Arrivals.of(
              random.nextBoolean()
                  ? new Arrivals.Replay(List.of(Duration.ZERO, length), null, true)
                  : new Arrivals.Replay(List.of(), word() + "/arrivals.txt", false));
    };
  }

  private RequestsFrom from() {
    return new RequestsFrom(
        word() + ".txt",
        RequestsFrom.Format.JSON_LINES,
        JsonNodeFactory.instance.arrayNode().add("{x}"),
        random.nextBoolean() ? JsonNodeFactory.instance.textNode("{y:text}") : null);
  }

  private Tolerance tolerance() {
    return new Tolerance(
        one(null, 0.0, 1e-3),
        one(null, 0.0, 0.5),
        one(null, Tolerance.Nan.EQUAL, Tolerance.Nan.UNEQUAL),
        one(null, Tolerance.Text.EQUAL, Tolerance.Text.CONTAINS),
        one(null, true, false));
  }

  private Connecting ofAlerts() {
    return random.nextBoolean()
        ? null
        : new Connecting(null, null, Map.of(), null, basic(), null, null);
  }

  private Connecting.Basic basic() {
    return random.nextBoolean() ? null : new Connecting.Basic("me", Source.ofFile("a/b"));
  }

  private Connecting connecting() {
    Source secret = one(Source.of(new SecretRef("model-key", "primary_key")), Source.ofFile("a/b"));
    URI proxy = URI.create(one("http://proxy.example:3128", "socks5://[::1]:1080"));
    boolean proxied = random.nextBoolean();
    Connecting.Basic basic = basic();
    return new Connecting(
        // Without TLS no HTTP proxy carries HTTP/2.
        proxied && "http".equals(proxy.getScheme())
            ? one(null, Connecting.HttpVersion.HTTP_1_1)
            : one(null, Connecting.HttpVersion.HTTP_1_1, Connecting.HttpVersion.HTTP_2),
        one(null, true, false),
        random.nextBoolean()
            ? Map.of("X-Tenant", Source.of(one("", "eu", "a b")), "X-Api-Key", secret)
            : Map.of(),
        basic == null ? one(null, secret) : null,
        basic,
        null,
        proxied ? new Connecting.Proxy(proxy, "me", one(null, secret)) : null);
  }

  private PredictionRequest request() {
    JsonNodeFactory json = JsonNodeFactory.instance;
    ObjectNode tensor = json.objectNode().put("name", word()).put("datatype", "FP64");
    tensor.putArray("shape").add(1).add(2);
    ArrayNode data = tensor.putArray("data");
    data.add(random.nextInt()).add(random.nextDouble()).add(text()).add(random.nextBoolean());
    data.addArray().add(random.nextLong() | (1L << 40)).addNull();
    ObjectNode expect = json.objectNode();
    expect.putArray(word()).add(text());
    return new PredictionRequest(
        json.arrayNode().add(tensor), random.nextBoolean() ? expect : null);
  }

  private String word() {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private String text() {
    return random.nextBoolean() ? word() : TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private <T> Map<String, T> map(Supplier<T> value) {
    Map<String, T> map = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      map.put(text(), value.get());
    }
    return map;
  }

  private <T> List<T> distinct(Function<String, T> name) {
    return WORDS.stream().limit(1 + random.nextInt(3)).map(name).toList();
  }

  private <T> List<T> any(Supplier<T> element) {
    return random.nextBoolean() ? List.of() : some(element);
  }

  private <T> List<T> some(Supplier<T> element) {
    List<T> list = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      list.add(element.get());
    }
    return list;
  }

  @SafeVarargs
  private <T> T one(T... of) {
    return of[random.nextInt(of.length)];
  }
}
