package dev.shopbell.staff;

import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.Settings;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.staff.oidc.OpenId;
import dev.shopbell.staff.oidc.Person;
import dev.shopbell.staff.oidc.ProviderTrouble;
import dev.shopbell.staff.oidc.ProviderTrouble.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Signing in at an identity provider. What was begun is a ticket, shown once as the state; it names
 * the provider and is bound to the browser by a secret in a cookie, from which also the nonce and
 * the verifier are made. So an answer of another provider, in another browser, or given twice,
 * opens nothing.
 */
@Service
class ProviderSignIn {
  static final Duration LIFE = Duration.ofMinutes(10);

  /** Nobody tried to get in: these are not counted against a network address. */
  private static final Set<Kind> HARMLESS =
      Set.of(Kind.declined, Kind.unreachable, Kind.misconfigured, Kind.clock);

  /** These owners can mend. */
  private static final Set<Kind> FOR_OWNERS =
      Set.of(Kind.unreachable, Kind.misconfigured, Kind.clock, Kind.untrusted, Kind.unproven);

  /** A path of the desk: nothing that a browser could take for another host. */
  private static final Pattern OURS =
      Pattern.compile("/(?!/)[A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=%-]{0,1000}");

  private final IdentityProviders providers;
  private final ProviderPeople people;
  private final OpenId openId;
  private final Tickets tickets;
  private final Attempts attempts;
  private final SecretKey secret;
  private final Settings settings;

  ProviderSignIn(
      IdentityProviders providers,
      ProviderPeople people,
      OpenId openId,
      Tickets tickets,
      Attempts attempts,
      SecretKey secret,
      Settings settings) {
    this.providers = providers;
    this.people = people;
    this.openId = openId;
    this.tickets = tickets;
    this.attempts = attempts;
    this.secret = secret;
    this.settings = settings;
  }

  /**
   * @param page of the provider
   * @param browser the secret that the browser keeps until it comes back
   */
  record Begun(String page, String browser) {}

  /** What came of it. */
  sealed interface End {
    record In(Sessions.Opened opened, String next) implements End {}

    record Linked(long providerId) implements End {}

    /**
     * @param providerId null where it is not known
     * @param linking whether somebody who is signed in wanted to link their account
     */
    record Refused(Kind kind, @Nullable Long providerId, boolean linking) implements End {}
  }

  private record Way(long providerId, String browser, @Nullable Long linking, String next) {
    static Way of(Tickets.Ticket ticket) {
      String[] parts = ticket.data().split("\n", 3);
      return new Way(Long.parseLong(parts[0]), parts[1], ticket.agentId(), parts[2]);
    }
  }

  /** As it has to be entered at the provider. */
  String redirect() {
    return settings.linkBase() + "/api/v1/session/callback";
  }

  /**
   * @param next where in the desk to go on
   * @param linking the agent who wants to link their account; null to sign in
   * @throws Problem if there is no such provider, or it does not answer
   */
  Begun begin(long providerId, @Nullable String next, @Nullable Long linking) {
    IdentityProvider provider = providers.get(providerId);
    String browser = SecretKey.randomToken(256);
    Tickets.Made ticket =
        tickets.make(
            Tickets.Purpose.provider,
            linking,
            providerId + "\n" + SecretKey.fingerprint(browser) + "\n" + ours(next),
            LIFE);
    try {
      String page =
          openId.page(provider.issuer(), provider.clientId(), handshake(ticket.ticket(), browser));
      return new Begun(page, browser);
    } catch (ProviderTrouble e) {
      providers.failed(providerId, e);
      throw Problem.conflict(provider.name() + " cannot be used at the moment. " + e.words());
    }
  }

  /**
   * @param browser the secret that the browser kept; null where it kept none
   * @param signedIn the agent who is signed in in this browser; null where nobody is
   */
  End end(
      String state,
      OpenId.Answer answer,
      @Nullable String browser,
      @Nullable Long signedIn,
      Device device) {
    Optional<Way> begun =
        state.isEmpty()
            ? Optional.empty()
            : tickets.take(Tickets.Purpose.provider, state).map(Way::of);
    if (begun.isEmpty()
        || browser == null
        || !begun.get().browser().equals(SecretKey.fingerprint(browser))) {
      return new End.Refused(Kind.tooLate, null, false);
    }
    Way way = begun.get();
    Optional<IdentityProvider> provider = providers.find(way.providerId());
    Long agent = way.linking();
    boolean linking = agent != null;
    if (provider.isEmpty() || (agent != null && !agent.equals(signedIn))) {
      return new End.Refused(Kind.tooLate, null, false);
    }
    List<Attempts.Limit> limits = List.of(SignIn.atAddress(device));
    try {
      attempts.check(limits);
    } catch (Problem e) {
      return new End.Refused(Kind.tooMany, way.providerId(), linking);
    }
    try {
      return ended(provider.get(), way, handshake(state, browser), answer, device);
    } catch (ProviderTrouble e) {
      if (!HARMLESS.contains(e.kind())) {
        attempts.refused(limits, way.linking(), SignInMethod.provider);
      }
      // What a browser alone brought may be made up.
      if (FOR_OWNERS.contains(e.kind()) && answer.error().isEmpty()) {
        providers.failed(way.providerId(), e);
      }
      return new End.Refused(e.kind(), way.providerId(), linking);
    } catch (Problem e) {
      // somebody else was made of the same address at the same moment: the next time they are found
      return new End.Refused(Kind.tooLate, way.providerId(), linking);
    }
  }

  private End ended(
      IdentityProvider provider,
      Way way,
      OpenId.Handshake handshake,
      OpenId.Answer answer,
      Device device)
      throws ProviderTrouble {
    Person person = openId.person(providers.client(provider), handshake, answer);
    End end;
    if (way.linking() == null) {
      end = new End.In(people.signIn(provider, person, device), way.next());
    } else {
      people.link(provider, person, way.linking());
      end = new End.Linked(provider.id());
    }
    providers.worked(provider);
    return end;
  }

  private static String ours(@Nullable String next) {
    if (next == null || !OURS.matcher(next).matches()) {
      return "/";
    }
    try {
      URI address = new URI(next);
      return address.getScheme() == null && address.getRawAuthority() == null ? next : "/";
    } catch (URISyntaxException e) {
      return "/";
    }
  }

  private OpenId.Handshake handshake(String state, String browser) {
    return new OpenId.Handshake(
        redirect(),
        state,
        secret.sign("sign-in nonce", state + "\n" + browser, 50),
        secret.sign("sign-in verifier", state + "\n" + browser, 50));
  }
}
