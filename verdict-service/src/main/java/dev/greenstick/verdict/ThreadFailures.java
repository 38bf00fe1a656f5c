package dev.greenstick.verdict;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jboss.logging.Logger;

/**
 * What becomes of the streams when their thread fails: brokers that were away too long are tried
 * again; with anything else the streams stop and the service says that it is not alive, because
 * going on would fail in the same way.
 */
@ApplicationScoped
class ThreadFailures implements StreamsUncaughtExceptionHandler {

  private static final Logger LOG = Logger.getLogger(ThreadFailures.class);

  @Override
  public StreamThreadExceptionResponse handle(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RetriableException) {
        LOG.warn("the streams begin anew: " + cause.getMessage());
        return StreamThreadExceptionResponse.REPLACE_THREAD;
      }
    }
    LOG.error("the streams stop; start the service again when the cause is removed", failure);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }
}
