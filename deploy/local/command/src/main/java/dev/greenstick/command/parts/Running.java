package dev.greenstick.command.parts;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where everything is, once it runs.
 *
 * @param bootstrapServers the broker
 * @param services each service's base URL
 * @param kubeconfig for the user's kubectl
 * @param model the model server's base URL
 */
public record Running(
    String bootstrapServers, Map<PartName, URI> services, Path kubeconfig, URI model) {}
