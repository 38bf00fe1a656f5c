package dev.greenstick.command.parts;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A cluster as the agents and the user reach it.
 *
 * @param injector the injector's kubeconfig
 * @param probe the probe's kubeconfig
 * @param admin the user's kubeconfig
 * @param model the model server's base URL
 * @param ledger the namespace of the injector's ledger
 * @param readiness a URL that answers 200 once the model does; empty where nobody needs to wait
 */
record Cluster(
    Path injector, Path probe, Path admin, URI model, String ledger, Optional<URI> readiness) {}
