package dev.greenstick.model.inference;

import dev.greenstick.model.crescents.Point;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An infer request that the model can answer.
 *
 * @param id the caller's id, which must come back
 * @param points what is asked about, at least one
 * @param outputs the tensors that are wanted, in order, no duplicates
 */
public record InferRequest(Optional<String> id, List<Point> points, List<Output> outputs) {
  /**
   * The most points that one request may ask about, which keeps one caller from holding up all
   * others.
   */
  public static final int MOST_POINTS = 1_000;

  /** The name of the one input tensor. */
  public static final String INPUT = "point";

  static final int FEATURES = 2;

  public InferRequest {
    points = List.copyOf(points);
    outputs = List.copyOf(outputs);
  }

  /**
   * Reads a request as <a
   * href="https://kserve.github.io/website/docs/concepts/architecture/data-plane/v2-protocol">the
   * Open Inference Protocol</a> writes it; tensor data may be flat or nested by row.
   *
   * @throws Refusal with status 400, naming the field that is wrong
   */
  public static InferRequest read(Buffer body) throws Refusal {
    var request = object(body);
    var inputs = array(request, "inputs", "The request");
    if (inputs.size() != 1) {
      throw bad(
          "This model takes 1 input named \"" + INPUT + "\", the request has " + inputs.size());
    }
    return new InferRequest(id(request), points(object(inputs, 0, "inputs")), outputs(request));
  }

  private static Optional<String> id(JsonObject request) throws Refusal {
    return switch (request.getValue("id")) {
      case null -> Optional.empty();
      case String id -> Optional.of(id);
      case Object other -> throw bad("id must be a string, not " + other);
    };
  }

  private static List<Point> points(JsonObject input) throws Refusal {
    if (!INPUT.equals(input.getValue("name"))) {
      throw bad(
          "Unknown input \"" + input.getValue("name") + "\": this model takes \"" + INPUT + "\"");
    }
    var datatype = Datatype.named(input.getValue("datatype"));
    int rows = rows(array(input, "shape", "Input \"" + INPUT + "\""));
    var data = new ArrayList<Double>();
    flatten(array(input, "data", "Input \"" + INPUT + "\""), datatype, 1, data);
    if (data.size() != rows * FEATURES) {
      throw bad(
          "Shape ["
              + rows
              + ", "
              + FEATURES
              + "] needs "
              + rows * FEATURES
              + " numbers, data has "
              + data.size());
    }
    var points = new ArrayList<Point>(rows);
    for (int at = 0; at < data.size(); at += FEATURES) {
      points.add(new Point(data.get(at), data.get(at + 1)));
    }
    return points;
  }

  private static int rows(JsonArray shape) throws Refusal {
    if (shape.size() != 2
        || !(shape.getValue(0) instanceof Integer rows)
        || !(shape.getValue(1) instanceof Integer features)
        || features != FEATURES
        || rows < 1
        || rows > MOST_POINTS) {
      throw bad(
          "Shape "
              + shape
              + " does not fit: this model takes [n, "
              + FEATURES
              + "] with n from 1 to "
              + MOST_POINTS);
    }
    return rows;
  }

  private static void flatten(JsonArray data, Datatype datatype, int depth, List<Double> into)
      throws Refusal {
    for (int i = 0; i < data.size(); i++) {
      switch (data.getValue(i)) {
        case Number number -> into.add(datatype.read(number));
        case JsonArray row when depth == 1 -> flatten(row, datatype, 2, into);
        case null -> throw bad("data holds a null where a number belongs");
        case Object other -> throw bad("data holds " + other + " where a number belongs");
      }
    }
  }

  private static List<Output> outputs(JsonObject request) throws Refusal {
    if (request.getValue("outputs") == null) {
      return Output.ALL;
    }
    var wanted = new ArrayList<Output>();
    var named = array(request, "outputs", "The request");
    for (int i = 0; i < named.size(); i++) {
      var output = Output.named(object(named, i, "outputs").getValue("name"));
      if (!wanted.contains(output)) {
        wanted.add(output);
      }
    }
    return wanted.isEmpty() ? Output.ALL : wanted;
  }

  private static JsonObject object(Buffer body) throws Refusal {
    try {
      return new JsonObject(body);
    } catch (DecodeException | ClassCastException e) {
      throw bad("The body is not a JSON object: " + firstLine(e));
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static JsonObject object(JsonArray array, int at, String name) throws Refusal {
    if (array.getValue(at) instanceof JsonObject object) {
      return object;
    }
    throw bad(name + "[" + at + "] must be an object");
  }

  private static JsonArray array(JsonObject object, String field, String where) throws Refusal {
    if (object.getValue(field) instanceof JsonArray array) {
      return array;
    }
    throw bad(where + " needs \"" + field + "\", an array");
  }

  static Refusal bad(String reason) {
    return new Refusal(400, reason);
  }
}
