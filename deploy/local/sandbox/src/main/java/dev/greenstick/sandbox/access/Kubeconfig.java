package dev.greenstick.sandbox.access;

import dev.greenstick.sandbox.resource.Json;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/** Writes the files by which kubectl and fabric8 find the sandbox. */
public final class Kubeconfig {

  private Kubeconfig() {}

  /**
   * Writes a kubeconfig that only its owner can read. JSON, which is YAML too.
   *
   * @param server {@code https://host:port}
   * @param certificate the API server's, PEM
   * @param namespace the one meant when none is named
   */
  public static Path write(
      Path file, String server, String certificate, String user, String token, String namespace)
      throws IOException {
    Config config =
        new ConfigBuilder()
            .withApiVersion("v1")
            .withKind("Config")
            .withCurrentContext("greenstick-sandbox")
            .addNewCluster()
            .withName("greenstick-sandbox")
            .withNewCluster()
            .withServer(server)
            .withCertificateAuthorityData(
                Base64.getEncoder().encodeToString(certificate.getBytes(StandardCharsets.UTF_8)))
            .endCluster()
            .endCluster()
            .addNewUser()
            .withName(user)
            .withNewUser()
            .withToken(token)
            .endUser()
            .endUser()
            .addNewContext()
            .withName("greenstick-sandbox")
            .withNewContext()
            .withCluster("greenstick-sandbox")
            .withUser(user)
            .withNamespace(namespace)
            .endContext()
            .endContext()
            .build();
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.write(file, Json.MAPPER.writeValueAsBytes(config));
    return file;
  }
}
