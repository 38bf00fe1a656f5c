package dev.greenstick.probe.alert.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;

/**
 * Prometheus' <a href="https://prometheus.io/docs/prometheus/latest/querying/api/">HTTP API</a>, as
 * far as it tells of alerts. Answers come as streams, so that whoever reads decides how much.
 */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
public interface PrometheusApi {

  /** Every alert that fires or is pending. */
  @GET
  @Path("/alerts")
  InputStream alerts();

  /** What an expression comes to now. */
  @GET
  @Path("/query")
  InputStream query(@QueryParam("query") String expression);
}
