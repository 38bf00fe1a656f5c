package dev.greenstick.sandbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

  @ParameterizedTest
  @CsvSource({
    "/api/v1/pods,'',v1,'',pods,'',''",
    "/api/v1/namespaces,'',v1,'',namespaces,'',''",
    "/api/v1/namespaces/a,'',v1,'',namespaces,a,''",
    "/api/v1/namespaces/a/status,'',v1,'',namespaces,a,status",
    "/api/v1/namespaces/a/pods,'',v1,a,pods,'',''",
    "/api/v1/namespaces/a/pods/p,'',v1,a,pods,p,''",
    "/api/v1/namespaces/a/pods/p/log,'',v1,a,pods,p,log",
    "/apis/apps/v1/namespaces/a/deployments/d/scale,apps,v1,a,deployments,d,scale",
    "/apis/coordination.k8s.io/v1/leases,coordination.k8s.io,v1,'',leases,'',''"
  })
  void aUrlIsReadAsApiserverReadsIt(
      String url,
      String group,
      String version,
      String namespace,
      String resource,
      String name,
      String subresource) {
    assertThat(RequestPath.parse(url))
        .contains(new RequestPath(group, version, namespace, resource, name, subresource));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/metrics", "/api", "/api/v1", "/api/v1/namespaces/a/pods/p/log/more"})
  void whatIsNoResourceIsNotRead(String url) {
    assertThat(RequestPath.parse(url)).isEmpty();
  }
}
