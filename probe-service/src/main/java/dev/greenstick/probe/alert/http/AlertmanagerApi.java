package dev.greenstick.probe.alert.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;

/** Alertmanager's API, version 2, as far as it tells of alerts. Answers come as streams. */
@Path("/api/v2")
@Produces(MediaType.APPLICATION_JSON)
public interface AlertmanagerApi {

  /** Alerts that fire, those among them that are silenced or inhibited as it is asked for. */
  @GET
  @Path("/alerts")
  InputStream alerts(
      @QueryParam("active") boolean active,
      @QueryParam("silenced") boolean silenced,
      @QueryParam("inhibited") boolean inhibited);
}
