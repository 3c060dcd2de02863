package dev.shopbell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.staff.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** Every endpoint of ours, whoever calls it. */
class EndpointPermissionTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();

  private record Endpoint(String method, String path, HandlerMethod handler) {
    /** The path with ids that nothing has. */
    String call() {
      return path.replace("/api/v1", "")
          .replaceAll("\\{token}", "none")
          .replaceAll("\\{[^}]+}", "999999999");
    }

    boolean isMultipart() {
      return path.endsWith("/uploads") || path.endsWith("/face");
    }
  }

  private List<Endpoint> endpoints() {
    RequestMappingHandlerMapping mapping =
        shopbell.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
    List<Endpoint> endpoints = new ArrayList<>();
    mapping
        .getHandlerMethods()
        .forEach((info, handler) -> {
          if (handler.getBeanType().getName().startsWith("dev.shopbell.")) {
            String method = info.getMethodsCondition().getMethods().iterator().next().name();
            info.getPatternValues()
                .forEach(path -> endpoints.add(new Endpoint(method, path, handler)));
          }
        });
    return endpoints;
  }

  private int call(String token, Endpoint endpoint) {
    Object body =
        endpoint.method().equals("GET") || endpoint.method().equals("DELETE") ? null : Map.of();
    if (endpoint.isMultipart()) {
      return shopbell
          .api(token)
          .send(
              endpoint.method(),
              endpoint.call(),
              "--x\r\n\r\n--x--\r\n",
              Map.of("Content-Type", "multipart/form-data; boundary=x"))
          .status();
    }
    return shopbell.api(token).send(endpoint.method(), endpoint.call(), body, Map.of()).status();
  }

  @Test
  void everyEndpointSaysWhoMayCallIt() {
    assertThat(endpoints()).hasSizeGreaterThan(30);
    for (Endpoint endpoint : endpoints()) {
      long said =
          Stream.of(Allow.class, Allow.SignedIn.class, Allow.Anyone.class)
              .filter(endpoint.handler()::hasMethodAnnotation)
              .count();
      assertThat(said).as(endpoint.toString()).isEqualTo(1);
    }
  }

  @Test
  void nobodyGetsInWithoutACredentialOrWithAWrongOne() {
    for (Endpoint endpoint : endpoints()) {
      if (!endpoint.handler().hasMethodAnnotation(Allow.Anyone.class)) {
        assertThat(call(null, endpoint)).as(endpoint.toString()).isEqualTo(401);
        assertThat(call("sb_wrong", endpoint)).as(endpoint.toString()).isEqualTo(401);
      }
    }
  }

  @Test
  void eachPermissionOpensItsEndpointsAndNoOthers() {
    for (Permission permission : Permission.values()) {
      String token = tokenWith(permission);
      for (Endpoint endpoint : endpoints()) {
        Allow allow = endpoint.handler().getMethodAnnotation(Allow.class);
        if (allow != null && !endpoint.path().endsWith("/installation/demo")) {
          int status = call(token, endpoint);
          assertThat(status == 403)
              .as("%s with %s answers %s", endpoint, permission, status)
              .isEqualTo(allow.value() != permission);
          assertThat(status).isNotEqualTo(401);
        }
      }
    }
  }

  private String tokenWith(Permission permission) {
    JsonNode created =
        shopbell
            .api()
            .post("/tokens", Map.of("name", "matrix", "scopes", List.of(permission.key())));
    return created.path("token").asString();
  }

  @Test
  void rolesHoldNoMoreThanTheyAreMeantTo() {
    assertThat(Role.owner.permissions()).containsExactlyInAnyOrder(Permission.values());
    assertThat(Role.lead.permissions())
        .doesNotContain(
            Permission.AGENTS_MANAGE, Permission.METRICS_READ, Permission.INSTALLATION_MANAGE);
    assertThat(Role.agent.permissions())
        .containsExactlyInAnyOrder(
            Permission.CONVERSATIONS_READ,
            Permission.CONVERSATIONS_REPLY,
            Permission.CONVERSATIONS_CHANGE,
            Permission.TOKENS_MANAGE);
  }
}
