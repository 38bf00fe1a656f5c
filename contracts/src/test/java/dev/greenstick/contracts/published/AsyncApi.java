package dev.greenstick.contracts.published;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.contracts.AllTypes;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.Examples;
import dev.greenstick.contracts.Topic;
import dev.greenstick.contracts.TopicCreation;
import dev.greenstick.contracts.Topics;
import dev.greenstick.contracts.id.Labels;
import dev.greenstick.contracts.wire.CloudEventHeaders;
import dev.greenstick.contracts.wire.DeadLetter;
import dev.greenstick.contracts.wire.EventSerializer;
import dev.greenstick.contracts.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The AsyncAPI 3 document of the topics and their messages. */
final class AsyncApi {

  static final String VERSION = "3.0.0";

  private static final String CLUSTER_PARAMETER = "{cluster}";
  private static final String DEAD_LETTERS = "dead-letters";

  /** Who reads what; who writes it says the topic. */
  private static final Map<String, List<String>> READERS =
      new TreeMap<>(
          Map.of(
              "experiments", List.of("scheduler"),
              "requests", List.of("scheduler"),
              "commands", List.of("injector", "probe"),
              "runs", List.of("scheduler", "verdict"),
              "faults", List.of("scheduler", "verdict"),
              "health", List.of("scheduler", "verdict"),
              "verdicts", List.of("scheduler"),
              "agents", List.of("scheduler"),
              "halts", List.of("scheduler", "injector")));

  private final Javadoc javadoc;
  private final ObjectNode document = JsonNodeFactory.instance.objectNode();

  AsyncApi(Javadoc javadoc) {
    this.javadoc = javadoc;
  }

  ObjectNode document() {
    document.put("asyncapi", VERSION);
    ObjectNode info = document.putObject("info");
    info.put("title", "Greenstick");
    info.put("version", "1");
    info.put(
        "description",
        "Chaos engineering for machine-learning deployments, as events on Kafka. Every message is a"
            + " CloudEvent 1.0 in Kafka's binary mode: attributes in headers that start with ce_,"
            + " JSON in the value.");
    info.putObject("license")
        .put("name", "Apache-2.0")
        .put("url", "https://www.apache.org/licenses/LICENSE-2.0");
    document.put("defaultContentType", "application/json");
    channels();
    operations();
    components();
    return document;
  }

  private void channels() {
    ObjectNode channels = document.putObject("channels");
    for (Topic<?> topic : AllTypes.topics()) {
      ObjectNode channel = channels.putObject(id(topic));
      channel.put("address", address(topic));
      channel.put(
          "description",
          "%s Key: %s. Written by: %s.".formatted(about(topic), key(topic), writers(topic)));
      ObjectNode messages = channel.putObject("messages");
      for (Class<?> type : topic.types()) {
        messages
            .putObject(Event.typeOf(type))
            .put("$ref", "#/components/messages/" + Event.typeOf(type));
      }
      if (address(topic).contains(CLUSTER_PARAMETER)) {
        channel
            .putObject("parameters")
            .putObject("cluster")
            .put("description", "The cluster whose agents the commands are for, a DNS-1123 label.");
      }
      bindings(channel, topic.name());
    }
    ObjectNode letters = channels.putObject(DEAD_LETTERS);
    letters.put("address", Topics.DEAD_LETTERS);
    letters.put(
        "description",
        "Records that somebody could not read, untouched, with where they came from and why. Key:"
            + " the original key. Written by: every service.");
    letters
        .putObject("messages")
        .putObject("dead-letter")
        .put("$ref", "#/components/messages/dead-letter");
    bindings(letters, Topics.DEAD_LETTERS);
  }

  private String about(Topic<?> topic) {
    return javadoc
        .aboutMember(Topics.class, id(topic).toUpperCase(Locale.ROOT))
        .or(() -> javadoc.aboutMember(Topics.class, id(topic)))
        .orElseThrow();
  }

  private static void bindings(ObjectNode channel, String name) {
    NewTopic creation =
        TopicCreation.topics(List.of(Examples.CLUSTER), (short) 1).stream()
            .filter(topic -> topic.name().equals(name))
            .findFirst()
            .orElseThrow();
    ObjectNode kafka = channel.putObject("bindings").putObject("kafka");
    kafka.put("partitions", creation.numPartitions());
    ObjectNode settings = kafka.putObject("topicConfiguration");
    new TreeMap<>(creation.configs())
        .forEach(
            (setting, value) -> {
              if (setting.equals("cleanup.policy")) {
                settings.putArray(setting).add(value);
              } else {
                settings.put(setting, Long.parseLong(value));
              }
            });
    kafka.put("bindingVersion", "0.5.0");
  }

  private void operations() {
    ObjectNode operations = document.putObject("operations");
    for (Topic<?> topic : AllTypes.topics()) {
      String channel = id(topic);
      for (String writer : writers(topic).split(", ")) {
        operation(operations, writer, "send", channel);
      }
      READERS.get(channel).forEach(reader -> operation(operations, reader, "receive", channel));
    }
  }

  private static void operation(
      ObjectNode operations, String service, String action, String channel) {
    ObjectNode operation = operations.putObject(service + "." + action + "." + channel);
    operation.put("action", action);
    operation.putObject("channel").put("$ref", "#/channels/" + channel);
    operation.putArray("tags").addObject().put("name", service);
  }

  private void components() {
    ObjectNode components = document.putObject("components");
    ObjectNode messages = components.putObject("messages");
    Map<String, Event<?>> examples = new TreeMap<>();
    Examples.events().forEach(event -> examples.put(event.type(), event));
    examples.forEach((type, event) -> message(messages.putObject(type), event));
    deadLetter(messages.putObject("dead-letter"));
    components.putObject("messageTraits").putObject("cloudEvent").set("headers", headers());
  }

  private void message(ObjectNode message, Event<?> event) {
    message.put("name", event.type());
    message.put("title", event.data().getClass().getSimpleName());
    message.put("summary", javadoc.about(event.data().getClass()).orElseThrow());
    message.put("contentType", "application/json");
    message.putArray("traits").addObject().put("$ref", "#/components/messageTraits/cloudEvent");
    message.putObject("payload").put("$ref", "./schemas/" + event.type() + ".json");
    ObjectNode example = message.putArray("examples").addObject();
    RecordHeaders headers = new RecordHeaders();
    byte[] value = new EventSerializer<>().serialize("", headers, event);
    ObjectNode written = example.putObject("headers");
    headers.forEach(
        header -> written.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
    example.set("payload", tree(value));
  }

  private static void deadLetter(ObjectNode message) {
    message.put("name", "dead-letter");
    message.put("title", "DeadLetter");
    message.put("summary", "A record that could not be read, with its own headers and these.");
    ObjectNode headers = message.putObject("headers");
    headers.put("type", "object");
    ObjectNode properties = headers.putObject("properties");
    ArrayNode required = headers.putArray("required");
    Map<String, String> names = new TreeMap<>();
    names.put(DeadLetter.ORIGIN_TOPIC, "the topic that it came from");
    names.put(DeadLetter.ORIGIN_PARTITION, "its partition there, in decimal");
    names.put(DeadLetter.ORIGIN_OFFSET, "its offset there, in decimal");
    names.put(DeadLetter.READER, "who could not read it");
    names.put(DeadLetter.REASON, "why not, in one sentence");
    names.forEach(
        (name, description) -> {
          properties.putObject(name).put("type", "string").put("description", description);
          required.add(name);
        });
  }

  private static ObjectNode headers() {
    ObjectNode headers = JsonNodeFactory.instance.objectNode();
    headers.put("type", "object");
    ObjectNode properties = headers.putObject("properties");
    properties.putObject(CloudEventHeaders.SPECVERSION).put("type", "string").put("const", "1.0");
    text(properties, CloudEventHeaders.ID, "derived from the data: emitted twice, the same id")
        .put("format", "uuid");
    text(properties, CloudEventHeaders.SOURCE, "who says so, for example /clusters/eu-1/injector")
        .put("format", "uri-reference");
    text(properties, CloudEventHeaders.TYPE, "the message's name");
    text(
        properties, CloudEventHeaders.SUBJECT, "what it is about; the run's id where there is one");
    text(properties, CloudEventHeaders.TIME, "when, by the clock of the source")
        .put("format", "date-time");
    text(properties, CloudEventHeaders.CLUSTER, "the cluster that it is about; may be missing")
        .put("pattern", "^" + Labels.PATTERN + "$");
    text(properties, CloudEventHeaders.EXPERIMENT, "the experiment it is about; may be missing")
        .put("pattern", "^" + Labels.PATTERN + "$");
    properties
        .putObject(CloudEventHeaders.CONTENT_TYPE)
        .put("type", "string")
        .put("const", "application/json");
    ArrayNode required = headers.putArray("required");
    properties
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!name.equals(CloudEventHeaders.CLUSTER)
                  && !name.equals(CloudEventHeaders.EXPERIMENT)) {
                required.add(name);
              }
            });
    return headers;
  }

  private static ObjectNode text(ObjectNode properties, String name, String description) {
    return properties.putObject(name).put("type", "string").put("description", description);
  }

  /** A topic's name without our prefix and without the cluster. */
  static String id(Topic<?> topic) {
    return topic.name().split("\\.")[1];
  }

  /** A topic's name, with {@code {cluster}} for the cluster of the examples. */
  static String address(Topic<?> topic) {
    String commands = Topics.commands(Examples.CLUSTER).name();
    return topic.name().equals(commands)
        ? commands.substring(0, commands.length() - Examples.CLUSTER.value().length())
            + CLUSTER_PARAMETER
        : topic.name();
  }

  /** What the record key of a topic is, in words. */
  static String key(Topic<?> topic) {
    return switch (topic.keyedBy()) {
      case EXPERIMENT -> "experiment";
      case RUN -> "run";
      case EXPERIMENT_OR_RUN -> "experiment or run";
      case AGENT -> "cluster/agent";
      case SCOPE -> "scope";
    };
  }

  /** Who writes a topic, by the name of the service. */
  static String writers(Topic<?> topic) {
    return switch (topic.owner()) {
      case SCHEDULER -> "scheduler";
      case INJECTOR -> "injector";
      case PROBE -> "probe";
      case VERDICT -> "verdict";
      case AGENTS -> "injector, probe";
    };
  }

  private static JsonNode tree(byte[] json) {
    try {
      return Json.mapper().readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
