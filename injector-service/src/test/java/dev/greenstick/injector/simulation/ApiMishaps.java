package dev.greenstick.injector.simulation;

import dev.greenstick.sandbox.api.Interference;
import dev.greenstick.sandbox.storage.ResourceTypes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What befalls one history's requests, as its seed draws it: errors of every kind, lost requests
 * and answers, requests that are carried out later, writes by others that come in between; and the
 * end of the injector before or after a request.
 */
final class ApiMishaps implements Interference {

  private static final Map<Integer, String> ERRORS =
      Map.of(
          429, "TooManyRequests",
          500, "InternalError",
          503, "ServiceUnavailable",
          504, "Timeout");

  private static final Pattern POD =
      Pattern.compile("/api/v1/namespaces/default/pods/([^/?]+)([?].*)?");
  private static final Pattern DEPLOYMENT =
      Pattern.compile("/apis/apps/v1/namespaces/default/deployments/([^/?]+)([?].*)?");
  private static final Pattern NODE = Pattern.compile("/api/v1/nodes/([^/?]+)([?].*)?");

  private final ApiCluster cluster;
  private final Random random;
  private final double kills;
  private final double losses;
  private final Deque<Runnable> late = new ArrayDeque<>();
  private boolean calm;
  private boolean killed;

  ApiMishaps(ApiCluster cluster, Random random, double kills, double losses) {
    this.cluster = cluster;
    this.random = random;
    this.kills = kills;
    this.losses = losses;
  }

  @Override
  public synchronized Mishap befalls(String method, String uri) {
    if (killed) {
      return new Mishap.Lost(false);
    }
    double dice = calm ? 1 : random.nextDouble();
    if (dice < kills) {
      killed = true;
      return new Mishap.Lost(random.nextBoolean());
    }
    // What changes something is what matters most.
    if (dice < kills + (method.equals("GET") ? losses : 4 * losses)) {
      return switch (random.nextInt(6)) {
        case 0 -> new Mishap.Lost(false);
        case 1 -> new Mishap.Lost(true);
        case 2 -> new Mishap.Late(this::later);
        case 3 -> conflict(method, uri);
        default -> error();
      };
    }
    return new Mishap.None();
  }

  private Mishap error() {
    int code = List.of(429, 500, 503, 504).get(random.nextInt(4));
    return new Mishap.Answered(code, ERRORS.get(code));
  }

  /**
   * A conflict: a real one where somebody may write the object, else one that the server claims.
   */
  private Mishap conflict(String method, String uri) {
    if (method.equals("PATCH")) {
      Matcher pod = POD.matcher(uri);
      Matcher deployment = DEPLOYMENT.matcher(uri);
      Matcher node = NODE.matcher(uri);
      if (pod.matches()) {
        cluster.touch(ResourceTypes.PODS, "default", pod.group(1));
        return new Mishap.None();
      } else if (deployment.matches()) {
        cluster.touch(ResourceTypes.DEPLOYMENTS, "default", deployment.group(1));
        return new Mishap.None();
      } else if (node.matches()) {
        cluster.touch(ResourceTypes.NODES, "", node.group(1));
        return new Mishap.None();
      }
    }
    boolean creates = method.equals("POST") && !uri.contains("/eviction");
    return method.equals("GET") || creates ? error() : new Mishap.Answered(409, "Conflict");
  }

  private synchronized void later(Runnable request) {
    late.add(request);
  }

  /** The server carries out a request whose client has long given up. */
  void actLate() {
    Runnable request;
    synchronized (this) {
      request = late.poll();
    }
    if (request != null) {
      request.run();
    }
  }

  synchronized boolean killed() {
    return killed;
  }

  /** A new injector: its requests get through again. */
  synchronized void revive() {
    killed = false;
  }

  /** From now on nothing goes wrong any more. */
  synchronized void calm() {
    calm = true;
  }

  synchronized boolean anyLate() {
    return !late.isEmpty();
  }
}
