package dev.shopbell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.ShownOnce;
import dev.shopbell.platform.web.SightDoor;
import dev.shopbell.staff.BuiltInRole;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every endpoint of ours, whoever calls it. */
class EndpointPermissionTest {
  private static final Set<String> SECRETS =
      Set.of(
          "token", "secret", "codes", "ticket", "uri", "invitationUrl", "password", "privateKey");

  private final RunningShopbell shopbell = RunningShopbell.shared();

  private List<Endpoint> endpoints() {
    return Endpoint.all(shopbell);
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

  /** Strangers may not call as often as this test does: it waits its turn. */
  private int callAsStranger(String token, Endpoint endpoint) {
    return Inbox.soon("a turn").until(() -> call(token, endpoint), status -> status != 429);
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
        assertThat(callAsStranger(null, endpoint)).as(endpoint.toString()).isEqualTo(401);
        assertThat(callAsStranger("sb_wrong", endpoint)).as(endpoint.toString()).isEqualTo(401);
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

  /** Each built-in role, and one of the shop's own, at each endpoint. */
  @Test
  void eachRoleOpensWhatItHoldsAndNothingElse() {
    Set<Permission> own = EnumSet.of(Permission.CONVERSATIONS_READ, Permission.AUDIT_READ);
    String ownRole =
        shopbell
            .api()
            .post("/roles", Map.of("name", "Auditor " + Inbox.word(), "permissions", keys(own)))
            .path("id")
            .asString();
    Map<String, Set<Permission>> roles = new LinkedHashMap<>();
    for (BuiltInRole role : BuiltInRole.values()) {
      roles.put(role.name(), role.permissions());
    }
    roles.put(ownRole, own);
    roles.forEach((role, permissions) -> {
      String token = tokenOf(role);
      for (Endpoint endpoint : endpoints()) {
        Allow allow = endpoint.handler().getMethodAnnotation(Allow.class);
        if (allow != null && !endpoint.path().endsWith("/installation/demo")) {
          int status = call(token, endpoint);
          assertThat(status == 403)
              .as("%s as %s answers %s", endpoint, role, status)
              .isEqualTo(!permissions.contains(allow.value()));
          assertThat(status).isNotEqualTo(401);
        }
      }
    });
  }

  private static List<String> keys(Set<Permission> permissions) {
    return permissions.stream().map(Permission::key).toList();
  }

  /**
   * A token with every scope, made while its owner held them all: it holds no more than they do.
   */
  private String tokenOf(String role) {
    Colleague.Member member = Colleague.member(shopbell, Map.of("role", "owner"));
    String token =
        member
            .browser()
            .post(
                "/tokens",
                Map.of("name", "matrix", "scopes", keys(EnumSet.allOf(Permission.class))))
            .json()
            .path("token")
            .asString();
    Map<String, Object> change = new HashMap<>(Map.of("role", role));
    if (role.equals("guest")) {
      change.put("expiresAt", Instant.now().plus(Duration.ofDays(1)).toString());
    }
    shopbell.api().patch("/agents/" + member.id(), change);
    return token;
  }

  /** What an id in a path stands for that everybody may know of, whatever they see. */
  private static final Set<String> SEEN_BY_ALL =
      Set.of(
          "agents",
          "roles",
          "teams",
          "tokens",
          "sessions",
          "passkeys",
          "invitations",
          "identity-providers",
          "faces",
          "logos",
          "remote-images",
          "push-devices",
          "notifications",
          // a key that shops know, not an id; what they say is believed by its signature
          "shop-hooks",
          // a signed link to one order
          "track",
          // read and undone by whoever made them alone
          "bulk-changes",
          // own ones and shared ones, of which each shows what its reader sees
          "views",
          // marks of all brands
          "tags",
          // fields of all brands
          "fields",
          // part of the guarded thing whose id stands before theirs
          "drafts",
          "identities",
          "merges",
          "moves",
          "deliveries",
          // a second id, for which these endpoints ask the door themselves
          "duplicates",
          "links");

  @Test
  void everyIdInAPathIsGuardedOrKnownToAll() {
    Set<String> guarded =
        shopbell.beans(SightDoor.class).stream()
            .flatMap(door -> door.guards().stream())
            .map(SightDoor.Guard::segment)
            .collect(Collectors.toSet());
    for (Endpoint endpoint : endpoints()) {
      Matcher id = Pattern.compile("([^/{}]+)/\\{").matcher(endpoint.path());
      while (id.find()) {
        assertThat(guarded.contains(id.group(1)) != SEEN_BY_ALL.contains(id.group(1)))
            .as("the id after %s in %s", id.group(1), endpoint)
            .isTrue();
      }
    }
  }

  @Test
  void rolesHoldNoMoreThanTheyAreMeantTo() {
    assertThat(BuiltInRole.owner.permissions()).containsExactlyInAnyOrder(Permission.values());
    assertThat(BuiltInRole.lead.permissions())
        .doesNotContain(
            Permission.CUSTOMERS_ERASE,
            Permission.AGENTS_MANAGE,
            Permission.ROLES_MANAGE,
            Permission.WEBHOOKS_MANAGE,
            Permission.METRICS_READ,
            Permission.INSTALLATION_MANAGE);
    assertThat(BuiltInRole.agent.permissions())
        .containsExactlyInAnyOrder(
            Permission.CONVERSATIONS_READ,
            Permission.CONVERSATIONS_REPLY,
            Permission.CONVERSATIONS_CHANGE,
            Permission.CUSTOMERS_CHANGE,
            Permission.ORDERS_CHANGE,
            Permission.TOKENS_MANAGE);
    assertThat(BuiltInRole.guest.permissions())
        .containsExactlyInAnyOrder(
            Permission.CONVERSATIONS_READ,
            Permission.CONVERSATIONS_REPLY,
            Permission.CONVERSATIONS_CHANGE);
  }

  /** As {@link ShownOnce} says. */
  @Test
  void answersThatHoldASecretAreKeptForNoRepeat() {
    JsonNode api = shopbell.api().get("/openapi.json");
    int secret = 0;
    for (Endpoint endpoint : endpoints()) {
      JsonNode answers =
          api.path("paths")
              .path(endpoint.path())
              .path(endpoint.method().toLowerCase(Locale.ROOT))
              .path("responses");
      if (endpoint.method().equals("POST") && holdsSecret(answers, api, new HashSet<>())) {
        secret++;
        assertThat(endpoint.handler().hasMethodAnnotation(ShownOnce.class))
            .as(endpoint.toString())
            .isTrue();
      }
    }
    assertThat(secret).isGreaterThan(8);
  }

  private static boolean holdsSecret(JsonNode schema, JsonNode api, Set<String> seen) {
    String reference = schema.path("$ref").asString("");
    if (!reference.isEmpty()) {
      return seen.add(reference) && holdsSecret(api.at(reference.substring(1)), api, seen);
    }
    return schema.path("properties").propertyNames().stream().anyMatch(SECRETS::contains)
        || schema.valueStream().anyMatch(part -> holdsSecret(part, api, seen));
  }
}
