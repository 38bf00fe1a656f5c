package dev.greenstick.verdict.api;

import dev.greenstick.verdict.held.Holders;
import dev.greenstick.verdict.held.OtherInstances;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.net.http.HttpResponse;

/**
 * Hands a question about one run to the instance that holds it, and its answer back unchanged. One
 * that was handed on already is answered here or refused.
 */
@Provider
@HeldByOneInstance
class AskTheHolder implements ContainerRequestFilter {

  private final Holders holders;
  private final OtherInstances others;

  AskTheHolder(Holders holders, OtherInstances others) {
    this.holders = holders;
    this.others = others;
  }

  @Override
  public void filter(ContainerRequestContext asked) {
    Holders.Holder holder =
        holders.of(Parameters.run(asked.getUriInfo().getPathParameters().getFirst("id")));
    if (!holder.here() && asked.getHeaderString(OtherInstances.ASKED_BY) == null) {
      asked.abortWith(answered(others.ask(holder.instance(), pathAndQuery(asked))));
    }
  }

  private static String pathAndQuery(ContainerRequestContext asked) {
    URI uri = asked.getUriInfo().getRequestUri();
    return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
  }

  private static Response answered(HttpResponse<byte[]> answer) {
    Response.ResponseBuilder response = Response.status(answer.statusCode()).entity(answer.body());
    for (String header : new String[] {HttpHeaders.CONTENT_TYPE, HttpHeaders.RETRY_AFTER}) {
      answer.headers().firstValue(header).ifPresent(value -> response.header(header, value));
    }
    return response.build();
  }
}
