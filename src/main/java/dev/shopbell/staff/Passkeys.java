package dev.shopbell.staff;

import com.google.common.net.InetAddresses;
import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.web.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Passkeys: a device that verifies its user stands for both steps. They are discoverable, so that
 * nobody types who they are, and bound to the host of the public address.
 */
@Service
class Passkeys {
  private static final int MOST = 20;
  private static final int LONGEST_NAME = 60;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final JdbcClient jdbc;
  private final PasskeyJudge judge;
  private final Tickets tickets;
  private final SecondSteps secondSteps;
  private final SecretKey secret;
  private final Clock clock;

  Passkeys(
      JdbcClient jdbc,
      PasskeyJudge judge,
      Tickets tickets,
      SecondSteps secondSteps,
      SecretKey secret,
      Clock clock) {
    this.jdbc = jdbc;
    this.judge = judge;
    this.tickets = tickets;
    this.secondSteps = secondSteps;
    this.secret = secret;
    this.clock = clock;
  }

  @Schema(name = "Passkey")
  record Passkey(long id, String name, Instant createdAt, @Nullable Instant lastUsedAt) {}

  /**
   * What a browser needs to ask a device; all bytes in base64url.
   *
   * @param ticket goes back with the answer, once
   * @param relyingParty the host to which passkeys are bound
   */
  @Schema(name = "PasskeyChallenge")
  record Challenge(String ticket, String challenge, String relyingParty, Instant expiresAt) {}

  /**
   * @param userHandle names the agent to the device, and says nothing of them
   * @param known ids of the passkeys that the agent has, which the device is not to make anew
   */
  @Schema(name = "PasskeyRegistration")
  record Registration(
      Challenge challenge,
      String userHandle,
      String userName,
      String displayName,
      List<String> known) {}

  private record Stored(long id, long agentId, PasskeyJudge.Kept kept) {}

  /** A passkey that was shown, and whose it is. */
  record Shown(long id, long agentId) {}

  List<Passkey> of(long agentId) {
    return jdbc.sql(
            "select id, name, created_at, last_used_at from passkey where agent_id = ? order by id")
        .param(agentId)
        .query((row, n) -> {
          java.sql.Timestamp used = row.getTimestamp("last_used_at");
          return new Passkey(
              row.getLong("id"),
              row.getString("name"),
              row.getTimestamp("created_at").toInstant(),
              used == null ? null : used.toInstant());
        })
        .list();
  }

  Challenge challenge() {
    return challenge(Tickets.Purpose.passkey, null);
  }

  private Challenge challenge(Tickets.Purpose purpose, @Nullable Long agentId) {
    String host = judge.relyingParty();
    if (InetAddresses.isUriInetAddress(host)) {
      throw Problem.conflict(
          "Passkeys need the desk to have a name, not a number: set SHOPBELL_PUBLIC_URL.");
    }
    String challenge = SecretKey.randomToken(256);
    Tickets.Made made = tickets.make(purpose, agentId, challenge);
    return new Challenge(made.ticket(), bytes(challenge), host, made.expiresAt());
  }

  Registration begin(Agent agent) {
    List<String> known =
        jdbc
            .sql("select credential_id from passkey where agent_id = ?")
            .param(agent.id())
            .query(byte[].class)
            .list()
            .stream()
            .map(BASE64::encodeToString)
            .toList();
    if (known.size() >= MOST) {
      throw Problem.conflict("At most " + MOST + " passkeys: remove one first.");
    }
    return new Registration(
        challenge(Tickets.Purpose.newPasskey, agent.id()),
        bytes(handle(agent.id())),
        agent.email(),
        agent.name(),
        known);
  }

  /**
   * The ticket is used up, also by an answer that is not good.
   *
   * @param answer of the browser, as JSON
   * @return new recovery codes, or none where the agent has some
   */
  @Transactional(noRollbackFor = Problem.class)
  List<String> add(long agentId, String ticket, String name, String answer) {
    String checkedName = checkedName(name);
    PasskeyJudge.Kept kept =
        tickets
            .take(Tickets.Purpose.newPasskey, ticket)
            .filter(taken -> taken.agentId() != null && taken.agentId() == agentId)
            .flatMap(taken -> judge.register(answer, taken.data()))
            .orElseThrow(() ->
                Problem.conflict(
                    "This passkey could not be taken. Try again, at the desk's own address."));
    int made =
        jdbc.sql(
                """
                insert into passkey (agent_id, credential_id, credential, counter, synced, name, created_at)
                values (:agent, :id, :credential, :counter, :synced, :name, :now)
                on conflict (credential_id) do nothing
                """)
            .param("agent", agentId)
            .param("id", kept.id())
            .param("credential", kept.credential())
            .param("counter", kept.counter())
            .param("synced", kept.synced())
            .param("name", checkedName)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .update();
    if (made == 0) {
      throw Problem.conflict("This passkey is known already.");
    }
    return secondSteps.added(agentId, SignInMethod.passkey);
  }

  @Transactional
  Passkey rename(long agentId, long id, String name) {
    int changed =
        jdbc.sql("update passkey set name = ? where agent_id = ? and id = ?")
            .param(checkedName(name))
            .param(agentId)
            .param(id)
            .update();
    if (changed == 0) {
      throw none(id);
    }
    return of(agentId).stream().filter(one -> one.id() == id).findFirst().orElseThrow();
  }

  /**
   * Ends what it opened with it, but for the session that asks.
   *
   * @param session its fingerprint
   */
  @Transactional
  void remove(long agentId, long id, String session) {
    jdbc.sql("delete from session where agent_id = ? and passkey_id = ? and fingerprint <> ?")
        .param(agentId)
        .param(id)
        .param(session)
        .update();
    int gone =
        jdbc.sql("delete from passkey where agent_id = ? and id = ?")
            .param(agentId)
            .param(id)
            .update();
    if (gone == 0) {
      throw none(id);
    }
    secondSteps.removed(agentId, SignInMethod.passkey);
  }

  /** The passkey that answers the challenge; empty where the answer is not good. */
  @Transactional
  Optional<Shown> shown(String ticket, String answer) {
    Optional<String> challenge =
        tickets.take(Tickets.Purpose.passkey, ticket).map(Tickets.Ticket::data);
    Optional<Stored> stored = judge.idOf(answer).flatMap(this::stored);
    if (challenge.isEmpty() || stored.isEmpty()) {
      return Optional.empty();
    }
    PasskeyJudge.Kept kept = stored.get().kept();
    long agentId = stored.get().agentId();
    Optional<Long> counter =
        judge.authenticate(
            answer, challenge.get(), kept, handle(agentId).getBytes(StandardCharsets.UTF_8));
    counter.ifPresent(reached ->
        jdbc.sql(
                "update passkey set counter = :counter, last_used_at = :now where credential_id = :id")
            .param("counter", reached)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .param("id", kept.id())
            .update());
    return counter.map(reached -> new Shown(stored.get().id(), agentId));
  }

  private Optional<Stored> stored(byte[] credentialId) {
    return jdbc.sql(
            """
            select id, agent_id, credential_id, credential, counter, synced from passkey
            where credential_id = ? for update
            """)
        .param(credentialId)
        .query((row, n) ->
            new Stored(
                row.getLong("id"),
                row.getLong("agent_id"),
                new PasskeyJudge.Kept(
                    row.getBytes("credential_id"),
                    row.getBytes("credential"),
                    row.getLong("counter"),
                    row.getBoolean("synced"))))
        .optional();
  }

  private String handle(long agentId) {
    return secret.sign("passkeys of", Long.toString(agentId), 40);
  }

  private static String bytes(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Problem none(long id) {
    return Problem.notFound("There is no passkey " + id + " of yours.");
  }

  private static String checkedName(String text) {
    String name = text.strip();
    if (name.isEmpty()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw Problem.invalid("name", "A name has 1 to " + LONGEST_NAME + " characters on one line.");
    }
    return name;
  }
}
