package dev.greenstick.scheduler.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error that leaves the API does so as problem details. */
class ProblemResponses {

  private static final Logger LOG = Logger.getLogger(ProblemResponses.class);

  @ServerExceptionMapper
  Response refused(Refusal refusal) {
    ResponseBuilder response = answer(refusal.details());
    refusal.headers().forEach(response::header);
    return response.build();
  }

  @ServerExceptionMapper
  Response refused(WebApplicationException refusal) {
    Response.StatusType status = refusal.getResponse().getStatusInfo();
    String detail =
        switch (status.getStatusCode()) {
          case 404 -> "there is nothing at this path; GET /q/openapi lists what there is";
          case 405 -> "the path does not take this method; GET /q/openapi lists those it takes";
          case 406 -> "answers are application/json, errors application/problem+json";
          case 415 ->
              "definitions are application/yaml or application/json, everything else is"
                  + " application/json";
          default -> refusal.getMessage();
        };
    return answer(
            ProblemDetails.of(status.getStatusCode(), status.getReasonPhrase(), detail, List.of()))
        .build();
  }

  /** Quarkus answers this one in a form of its own unless it is mapped by its very class. */
  @ServerExceptionMapper
  Response malformed(MismatchedInputException e) {
    return malformed((JsonProcessingException) e);
  }

  @ServerExceptionMapper
  Response malformed(JsonProcessingException e) {
    return answer(
            ProblemDetails.of(
                400, "Malformed request", "the body: " + e.getOriginalMessage(), List.of()))
        .build();
  }

  @ServerExceptionMapper
  Response failed(RuntimeException e) {
    LOG.error("a request failed", e);
    return answer(
            ProblemDetails.of(
                500, "Internal error", "the scheduler failed; its log says why", List.of()))
        .build();
  }

  private static ResponseBuilder answer(ProblemDetails details) {
    return Response.status(details.status()).type(ProblemDetails.MEDIA_TYPE).entity(details);
  }
}
