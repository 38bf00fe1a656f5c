package dev.greenstick.sandbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenstick.sandbox.conformance.ClusterUnderTest.Cluster;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Roles: what is granted passes, everything else is forbidden and says so. */
@ExtendWith(ClusterUnderTest.class)
class AccessConformanceTest {

  private final Cluster cluster;
  private String name;
  private KubernetesClient agent;

  AccessConformanceTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @BeforeEach
  void grantListingPods() {
    name = cluster.name("access");
    cluster
        .client()
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(cluster.namespace())
                .endMetadata()
                .withRules(
                    new PolicyRuleBuilder()
                        .withApiGroups("")
                        .withResources("pods")
                        .withVerbs("list")
                        .build())
                .build())
        .create();
    cluster
        .client()
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(cluster.namespace())
                .endMetadata()
                .withNewRoleRef()
                .withApiGroup("rbac.authorization.k8s.io")
                .withKind("Role")
                .withName(name)
                .endRoleRef()
                .withSubjects(
                    new SubjectBuilder()
                        .withKind("ServiceAccount")
                        .withName(name)
                        .withNamespace(cluster.namespace())
                        .build())
                .build())
        .create();
    agent = cluster.as("system:serviceaccount:%s:%s".formatted(cluster.namespace(), name));
    Awaitility.await()
        .atMost(Duration.ofSeconds(ClusterUnderTest.PATIENCE))
        .ignoreExceptions()
        .until(() -> agent.pods().list() != null);
  }

  @AfterEach
  void withdraw() {
    agent.close();
    cluster.client().rbac().roleBindings().withName(name).delete();
    cluster.client().rbac().roles().withName(name).delete();
  }

  @Test
  void whatTheRoleGrantsPasses() {
    // When / Then
    assertThat(agent.pods().list().getMetadata().getResourceVersion()).isNotBlank();
  }

  @Test
  void anotherVerbIsForbidden() {
    // When / Then
    assertThatThrownBy(() -> agent.pods().withName("nobody").delete())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refusal -> {
              assertThat(refusal.getCode()).isEqualTo(403);
              assertThat(refusal.getStatus().getReason()).isEqualTo("Forbidden");
              assertThat(refusal.getMessage())
                  .contains("cannot delete resource \"pods\"")
                  .contains("in the namespace \"%s\"".formatted(cluster.namespace()));
            });
  }

  @Test
  void anotherResourceIsForbidden() {
    // When / Then
    assertThatThrownBy(() -> agent.configMaps().list())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refusal -> assertThat(refusal.getCode()).isEqualTo(403));
  }

  @Test
  void allNamespacesAtOnceAreForbidden() {
    // When / Then
    assertThatThrownBy(() -> agent.pods().inAnyNamespace().list())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refusal -> {
              assertThat(refusal.getCode()).isEqualTo(403);
              assertThat(refusal.getMessage()).contains("at the cluster scope");
            });
  }

  @Test
  void anAgentMayAskWhatItMayDo() {
    // When
    boolean list = mayDo("list");
    boolean delete = mayDo("delete");

    // Then
    assertThat(list).isTrue();
    assertThat(delete).isFalse();
  }

  private boolean mayDo(String verb) {
    SelfSubjectAccessReview review =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withNamespace(cluster.namespace())
            .withResource("pods")
            .withVerb(verb)
            .endResourceAttributes()
            .endSpec()
            .build();
    return agent
        .authorization()
        .v1()
        .selfSubjectAccessReview()
        .create(review)
        .getStatus()
        .getAllowed();
  }
}
