package dev.greenstick.sandbox.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {

  private static final PolicyRule PODS =
      new PolicyRuleBuilder()
          .withApiGroups("")
          .withResources("pods", "*/scale")
          .withVerbs("get", "patch")
          .build();

  @ParameterizedTest
  @CsvSource({
    "get,'',pods,true",
    "patch,'',pods,true",
    "list,'',pods,false",
    "get,'',pods/log,false",
    "get,'',deployments/scale,true",
    "get,apps,pods,false"
  })
  void aRuleCoversItsVerbsGroupsAndResources(
      String verb, String group, String resource, boolean covered) {
    assertThat(Rules.covers(PODS, new AccessRequest(verb, group, resource, "default", "x")))
        .isEqualTo(covered);
  }

  @Test
  void aRuleWithNamesCoversTheseAlone() {
    PolicyRule named = new PolicyRuleBuilder(PODS).withResourceNames("a").build();

    assertThat(Rules.covers(named, new AccessRequest("get", "", "pods", "default", "a"))).isTrue();
    assertThat(Rules.covers(named, new AccessRequest("get", "", "pods", "default", "b"))).isFalse();
  }

  @Test
  void aBindingNamesServiceAccountsUsersAndGroups() {
    Subject agent = Subject.of(new ServiceAccountName("greenstick", "probe"));

    assertThat(names("ServiceAccount", "probe", "greenstick", agent)).isTrue();
    assertThat(names("ServiceAccount", "probe", "other", agent)).isFalse();
    assertThat(names("User", "system:serviceaccount:greenstick:probe", null, agent)).isTrue();
    assertThat(names("Group", "system:serviceaccounts:greenstick", null, agent)).isTrue();
    assertThat(names("Group", "system:masters", null, agent)).isFalse();
  }

  private static boolean names(String kind, String name, String namespace, Subject subject) {
    return Rules.names(
        List.of(
            new SubjectBuilder().withKind(kind).withName(name).withNamespace(namespace).build()),
        subject,
        "default");
  }

  @Test
  void aUserNamedAsAServiceAccountIsInItsGroups() {
    assertThat(Subject.named("system:serviceaccount:a:b", List.of()).groups())
        .contains("system:serviceaccounts:a", "system:authenticated");
  }
}
