package dev.greenstick.sandbox.api;

import java.util.Objects;
import java.util.function.Consumer;

/**
 * What goes wrong between a client and the API server, request by request, as a test wants it.
 * Asked on the server's thread, once the request has been read and before anything else is done
 * with it.
 */
@FunctionalInterface
public interface Interference {

  /** Nothing ever goes wrong. */
  Interference NONE = (method, uri) -> new Mishap.None();

  /**
   * What befalls a request.
   *
   * @param method the HTTP method
   * @param uri path and query
   */
  Mishap befalls(String method, String uri);

  /** What can go wrong. */
  sealed interface Mishap {

    /** Nothing. */
    record None() implements Mishap {}

    /**
     * The server answers with an error and does nothing, as one does that is overloaded or breaks.
     *
     * @param code 409, 429, 500, 503, 504 ...
     * @param reason as Kubernetes words it, {@code TooManyRequests}
     */
    record Answered(int code, String reason) implements Mishap {
      public Answered {
        Objects.requireNonNull(reason, "reason");
      }
    }

    /**
     * The connection breaks, and the client hears nothing.
     *
     * @param carriedOut whether the server does all the same what it was asked
     */
    record Lost(boolean carriedOut) implements Mishap {}

    /**
     * The connection breaks, and the server does what it was asked, but later.
     *
     * @param later takes what then carries it out; it may be called on any thread, and returns when
     *     the server has done it
     */
    record Late(Consumer<Runnable> later) implements Mishap {
      public Late {
        Objects.requireNonNull(later, "later");
      }
    }
  }
}
