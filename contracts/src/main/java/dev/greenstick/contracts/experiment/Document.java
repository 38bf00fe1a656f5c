package dev.greenstick.contracts.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.greenstick.contracts.Problem;
import dev.greenstick.contracts.wire.Json;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/** From text, YAML or JSON, to a tree; with limits, because anybody may send a text. */
final class Document {

  /** A definition travels in one record, and a broker takes a mebibyte. */
  static final int LARGEST_BYTES = 512 * 1024;

  static final int DEEPEST = 64;

  private static final String SEVERAL = "holds more than one document; send each by itself";

  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private Document() {}

  /** The tree of one document; null when there is none, and then the problem is reported. */
  static JsonNode parse(String text, Problems problems) {
    if (text.length() > LARGEST_BYTES
        || text.getBytes(StandardCharsets.UTF_8).length > LARGEST_BYTES) {
      problems.add(
          "", "is larger than " + LARGEST_BYTES / 1024 + " KiB; leave out requests or split it");
      return null;
    }
    String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
    if (content.isBlank()) {
      problems.add("", "is empty; write an object in YAML or JSON");
      return null;
    }
    if (!content.stripLeading().startsWith("{")) {
      return yaml(content, problems);
    }
    Problems asJson = new Problems();
    JsonNode json = json(content, asJson);
    if (json != null) {
      return json;
    }
    JsonNode flow = yaml(content, new Problems());
    if (flow == null) {
      asJson.all().forEach(problems::add);
    }
    return flow;
  }

  private static JsonNode json(String text, Problems problems) {
    try {
      return checked(Json.mapper().readTree(text), problems);
    } catch (JsonProcessingException e) {
      if (e.getOriginalMessage() != null && e.getOriginalMessage().startsWith("Trailing token")) {
        problems.add("", SEVERAL);
        return null;
      }
      problems.add(at("is no JSON: " + sentence(e.getOriginalMessage()), e));
      return null;
    }
  }

  private static JsonNode yaml(String text, Problems problems) {
    if (!isPlainYaml(text, problems)) {
      return null;
    }
    try {
      return checked(YAML.readTree(text), problems);
    } catch (JsonProcessingException e) {
      problems.add(at("is no YAML: " + sentence(e.getOriginalMessage()), e));
      return null;
    }
  }

  private static JsonNode checked(JsonNode root, Problems problems) {
    if (root.isObject()) {
      return root;
    }
    problems.add("", "must be an object, but is: " + Problems.quoted(root.toString()));
    return null;
  }

  /** One document without aliases, tags and abysses: a tree that is as large as its text. */
  private static boolean isPlainYaml(String text, Problems problems) {
    LoaderOptions limits = new LoaderOptions();
    limits.setCodePointLimit(LARGEST_BYTES);
    int documents = 0;
    int depth = 0;
    try {
      for (Event event : new Yaml(limits).parse(new StringReader(text))) {
        String problem = null;
        if (event instanceof DocumentStartEvent && ++documents > 1) {
          problem = SEVERAL;
        } else if (event instanceof AliasEvent || anchor(event) != null) {
          problem = "holds an anchor or alias, which are not read; write the value out";
        } else if (tag(event) != null) {
          problem = "holds the tag " + tag(event) + ", and tags are not read; leave it out";
        } else if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
          problem = "is nested deeper than " + DEEPEST + " levels";
        } else if (event.is(Event.ID.MappingEnd) || event.is(Event.ID.SequenceEnd)) {
          depth--;
        }
        if (problem != null) {
          problems.add(at(problem, event.getStartMark()));
          return false;
        }
      }
      return true;
    } catch (MarkedYAMLException e) {
      problems.add(at("is no YAML: " + sentence(e.getProblem()), e.getProblemMark()));
      return false;
    } catch (YAMLException e) {
      problems.add("", "is no YAML: " + sentence(e.getMessage()));
      return false;
    }
  }

  private static String anchor(Event event) {
    return event instanceof NodeEvent node ? node.getAnchor() : null;
  }

  private static String tag(Event event) {
    if (event instanceof ScalarEvent scalar) {
      return scalar.getTag();
    }
    return event instanceof CollectionStartEvent collection ? collection.getTag() : null;
  }

  private static Problem at(String message, Mark mark) {
    return mark == null
        ? new Problem("", message)
        : new Problem("", message, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static Problem at(String message, JsonProcessingException e) {
    return e.getLocation() == null || e.getLocation().getLineNr() < 1
        ? new Problem("", message)
        : new Problem("", message, e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  private static String sentence(String message) {
    return message == null
        ? "no reason given"
        : Problems.quoted(message.lines().findFirst().orElse("no reason given"));
  }
}
