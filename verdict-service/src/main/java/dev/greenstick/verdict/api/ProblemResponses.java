package dev.greenstick.verdict.api;

import dev.greenstick.verdict.held.NotNow;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
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
  Response refused(NotNow notNow) {
    return refused(Refusal.notYet(notNow.getMessage()));
  }

  @ServerExceptionMapper
  Response refused(WebApplicationException refusal) {
    Response.StatusType status = refusal.getResponse().getStatusInfo();
    String detail =
        status.getStatusCode() == 404
            ? "there is nothing at this path; GET /q/openapi lists what there is"
            : String.valueOf(refusal.getMessage());
    return answer(new ProblemDetails(status.getStatusCode(), status.getReasonPhrase(), detail))
        .build();
  }

  @ServerExceptionMapper
  Response failed(RuntimeException e) {
    LOG.error("a request failed", e);
    return answer(new ProblemDetails(500, "Internal error", "the service failed; its log says why"))
        .build();
  }

  private static ResponseBuilder answer(ProblemDetails details) {
    return Response.status(details.status()).type(ProblemDetails.MEDIA_TYPE).entity(details);
  }
}
