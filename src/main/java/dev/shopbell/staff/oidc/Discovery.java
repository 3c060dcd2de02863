package dev.shopbell.staff.oidc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Reads what providers say of themselves, and keeps it for an hour. One that is away is asked again
 * after five seconds, however many want in.
 */
@Component
class Discovery {
  private static final String WELL_KNOWN = "/.well-known/openid-configuration";
  private static final int LONGEST_SHOWN = 200;

  private final Cache<String, Metadata> known =
      Caffeine.newBuilder().maximumSize(100).expireAfterWrite(Duration.ofHours(1)).build();
  private final Cache<String, ProviderTrouble> away =
      Caffeine.newBuilder().maximumSize(100).expireAfterWrite(Duration.ofSeconds(5)).build();
  private final Wire wire;

  Discovery(Wire wire) {
    this.wire = wire;
  }

  /** Of a provider that was checked before: its issuer has to be the same to the letter. */
  Metadata of(String issuer) throws ProviderTrouble {
    Metadata kept = known.getIfPresent(issuer);
    if (kept != null) {
      return kept;
    }
    ProviderTrouble lately = away.getIfPresent(issuer);
    if (lately != null) {
      throw lately;
    }
    try {
      return read(issuer, false);
    } catch (ProviderTrouble e) {
      away.put(issuer, e);
      throw e;
    }
  }

  /**
   * Asks anew.
   *
   * @param typed as a person enters it: a slash at its end, or the whole address of the
   *     description, does no harm
   */
  Metadata check(String typed) throws ProviderTrouble {
    String address = typed.strip();
    return read(
        address.endsWith(WELL_KNOWN)
            ? address.substring(0, address.length() - WELL_KNOWN.length())
            : address,
        true);
  }

  private Metadata read(String issuer, boolean typed) throws ProviderTrouble {
    if (!wire.safe(issuer) || issuer.contains("?") || issuer.contains("#")) {
      throw wrong("The issuer is an address that begins with https://, without ? and #.");
    }
    String address = withoutSlash(issuer) + WELL_KNOWN;
    Wire.Answer answer = wire.get(address, Map.of("Accept", "application/json"));
    if (answer.status() != 200) {
      throw new ProviderTrouble(
          answer.status() >= 500
              ? ProviderTrouble.Kind.unreachable
              : ProviderTrouble.Kind.misconfigured,
          "There is no description of a provider: "
              + address
              + " answers "
              + answer.status()
              + ". Enter what your provider calls the issuer.");
    }
    JsonNode said = answer.json();
    String named = said.path("issuer").asString("");
    if (named.isEmpty()) {
      throw wrong("What answers at " + address + " is no OpenID provider.");
    }
    boolean same = typed ? withoutSlash(named).equals(withoutSlash(issuer)) : named.equals(issuer);
    if (!same) {
      throw wrong(
          named.contains("{tenantid}")
              ? "Enter the address with the id of your own tenant in place of “common”, “organizations” or “consumers”."
              : "The provider calls itself “" + shown(named) + "”: enter exactly that.");
    }
    Metadata metadata = checked(named, said);
    known.put(named, metadata);
    return metadata;
  }

  private Metadata checked(String issuer, JsonNode said) throws ProviderTrouble {
    offers(
        said,
        "response_types_supported",
        List.of("code"),
        "The provider does not offer the authorization code flow.");
    offers(
        said,
        "code_challenge_methods_supported",
        List.of("S256"),
        "The provider does not offer PKCE with S256.");
    offers(
        said,
        "id_token_signing_alg_values_supported",
        IdTokens.ALGORITHMS,
        "The provider signs in a way that is not accepted: let it sign with a key of its own (RS256 or ES256).");
    List<String> ways = texts(said.path("token_endpoint_auth_methods_supported"));
    String userInfo = said.path("userinfo_endpoint").asString("");
    return new Metadata(
        issuer,
        endpoint(said, "authorization_endpoint"),
        endpoint(said, "token_endpoint"),
        endpoint(said, "jwks_uri"),
        wire.safe(userInfo) ? userInfo : null,
        said.path("authorization_response_iss_parameter_supported").asBoolean(false),
        ways.contains("client_secret_post"));
  }

  /** What is not said at all is taken to be offered. */
  private static void offers(JsonNode said, String field, List<String> wanted, String words)
      throws ProviderTrouble {
    List<String> offered = texts(said.path(field));
    if (!offered.isEmpty() && offered.stream().noneMatch(wanted::contains)) {
      throw wrong(words);
    }
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(each -> each.asString("")).toList();
  }

  private String endpoint(JsonNode said, String field) throws ProviderTrouble {
    String url = said.path(field).asString("");
    if (!wire.safe(url)) {
      throw wrong("The provider's description names no " + field + " that could be used.");
    }
    return url;
  }

  private static ProviderTrouble wrong(String words) {
    return new ProviderTrouble(ProviderTrouble.Kind.misconfigured, words);
  }

  private static String withoutSlash(String address) {
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }

  private static String shown(String text) {
    String plain = text.replaceAll("\\p{Cntrl}", " ");
    return plain.length() > LONGEST_SHOWN ? plain.substring(0, LONGEST_SHOWN) + "…" : plain;
  }
}
