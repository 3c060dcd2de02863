package dev.shopbell.staff;

import dev.shopbell.platform.SecretBox;
import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is asked of an agent after the password: a code of their authenticator app, a passkey, or
 * one of ten recovery codes, which are made with the first of these and shown once.
 */
@Service
class SecondSteps {
  /** Whether {@code agent} has one: an app, or a passkey. */
  static final String HAS =
      """
      (exists (select from totp where totp.agent_id = agent.id and totp.confirmed_at is not null)
        or exists (select from passkey where passkey.agent_id = agent.id))
      """;

  private static final int CODES = 10;
  private static final int CODE_LENGTH = 10;

  private final JdbcClient jdbc;
  private final SecretBox box;
  private final SecretKey secret;
  private final Facts facts;
  private final Clock clock;
  private final KnownCallers callers;
  private final SignInPolicy policy;

  SecondSteps(
      JdbcClient jdbc,
      SecretBox box,
      SecretKey secret,
      Facts facts,
      Clock clock,
      KnownCallers callers,
      SignInPolicy policy) {
    this.jdbc = jdbc;
    this.box = box;
    this.secret = secret;
    this.facts = facts;
    this.clock = clock;
    this.callers = callers;
    this.policy = policy;
  }

  /**
   * What an authenticator app needs.
   *
   * @param key the secret in base32, to be typed
   * @param uri the same for a QR code, {@code otpauth://totp/…}
   */
  @Schema(name = "AppSetup")
  record Setup(String key, String uri) {}

  private record App(String key, long lastStep, boolean on) {}

  boolean has(long agentId) {
    return jdbc.sql("select " + HAS + " from agent where id = ?")
        .param(agentId)
        .query(Boolean.class)
        .single();
  }

  boolean hasApp(long agentId) {
    return jdbc.sql(
            "select exists (select from totp where agent_id = ? and confirmed_at is not null)")
        .param(agentId)
        .query(Boolean.class)
        .single();
  }

  int codesLeft(long agentId) {
    return jdbc.sql("select count(*) from recovery_code where agent_id = ?")
        .param(agentId)
        .query(Integer.class)
        .single();
  }

  /** Makes a new secret in place of one that no code was given of yet. */
  @Transactional
  Setup beginApp(Agent agent) {
    String key = SecretKey.randomToken(Totp.SECRET_BITS).toUpperCase(Locale.ROOT);
    int made =
        jdbc.sql(
                """
                insert into totp (agent_id, secret) values (:agent, :secret)
                on conflict (agent_id) do update set secret = excluded.secret where totp.confirmed_at is null
                """)
            .param("agent", agent.id())
            .param("secret", box.seal(purpose(agent.id()), key))
            .update();
    if (made == 0) {
      throw Problem.conflict("You have an authenticator app already: take it away first.");
    }
    return new Setup(
        key,
        "otpauth://totp/Shopbell:"
            + URLEncoder.encode(agent.email(), StandardCharsets.UTF_8)
            + "?secret="
            + key
            + "&issuer=Shopbell");
  }

  /**
   * Turns the app on, by a first code of it.
   *
   * @return new recovery codes, or none where the agent has some
   */
  @Transactional
  List<String> confirmApp(long agentId, String code) {
    App app = app(agentId);
    if (app == null || app.on()) {
      throw Problem.conflict("Begin to set up an authenticator app first.");
    }
    OptionalLong step = Totp.find(app.key(), digits(code), clock.instant(), app.lastStep());
    if (step.isEmpty()) {
      throw Problem.invalid(
          "code",
          "This is not the code that the app shows now. Is the clock of your device right?");
    }
    jdbc.sql("update totp set confirmed_at = :now, last_step = :step where agent_id = :agent")
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("step", step.getAsLong())
        .param("agent", agentId)
        .update();
    return added(agentId, SignInMethod.app);
  }

  /** New recovery codes, or none where the agent has some. */
  @Transactional(propagation = Propagation.MANDATORY)
  List<String> added(long agentId, SignInMethod method) {
    facts.append(Actor.agent(agentId), new SignInMethodAdded(agentId, method));
    callers.changed();
    return codesLeft(agentId) > 0 ? List.of() : makeCodes(agentId);
  }

  @Transactional
  void removeApp(long agentId) {
    if (jdbc.sql("delete from totp where agent_id = ?").param(agentId).update() > 0) {
      removed(agentId, SignInMethod.app);
    }
  }

  /**
   * @throws Problem if it was the last one, and one is required
   */
  @Transactional(propagation = Propagation.MANDATORY)
  void removed(long agentId, SignInMethod method) {
    if (!has(agentId)) {
      if (policy.requires(agentId)) {
        throw Problem.conflict("Your desk requires a second step: this is your last one.");
      }
      jdbc.sql("delete from recovery_code where agent_id = ?").param(agentId).update();
    }
    facts.append(Actor.agent(agentId), new SignInMethodRemoved(agentId, method));
    callers.changed();
  }

  /** Makes ten codes in place of those that were there. */
  @Transactional
  List<String> newCodes(long agentId) {
    if (!has(agentId)) {
      throw Problem.conflict("Recovery codes come with a second step: set one up first.");
    }
    facts.append(Actor.agent(agentId), new SignInMethodAdded(agentId, SignInMethod.recoveryCode));
    return makeCodes(agentId);
  }

  private List<String> makeCodes(long agentId) {
    jdbc.sql("delete from recovery_code where agent_id = ?").param(agentId).update();
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < CODES; i++) {
      String code = SecretKey.randomToken(5 * CODE_LENGTH).substring(0, CODE_LENGTH);
      jdbc.sql("insert into recovery_code (agent_id, signature) values (?, ?)")
          .param(agentId)
          .param(signature(agentId, code))
          .update();
      codes.add(code.substring(0, CODE_LENGTH / 2) + "-" + code.substring(CODE_LENGTH / 2));
    }
    return codes;
  }

  /**
   * Takes a code of the app or a recovery code, each once.
   *
   * @return whether it is one
   */
  @Transactional
  boolean take(long agentId, String code) {
    String typed = digits(code);
    if (typed.matches("\\d{6}")) {
      App app = app(agentId);
      OptionalLong step =
          app == null || !app.on()
              ? OptionalLong.empty()
              : Totp.find(app.key(), typed, clock.instant(), app.lastStep());
      step.ifPresent(taken ->
          jdbc.sql("update totp set last_step = ? where agent_id = ?")
              .param(taken)
              .param(agentId)
              .update());
      return step.isPresent();
    }
    boolean known =
        jdbc.sql("delete from recovery_code where agent_id = ? and signature = ?")
                .param(agentId)
                .param(signature(agentId, typed))
                .update()
            > 0;
    if (known) {
      facts.append(Actor.agent(agentId), new RecoveryCodeUsed(agentId));
    }
    return known;
  }

  /** Takes everything away, so that they get in by password alone. */
  @Transactional
  void reset(Actor actor, long agentId) {
    jdbc.sql("delete from totp where agent_id = ?").param(agentId).update();
    jdbc.sql("delete from session where agent_id = ? and passkey_id is not null")
        .param(agentId)
        .update();
    jdbc.sql("delete from passkey where agent_id = ?").param(agentId).update();
    jdbc.sql("delete from recovery_code where agent_id = ?").param(agentId).update();
    facts.append(actor, new SecondStepWithdrawn(agentId));
    callers.changed();
  }

  private @Nullable App app(long agentId) {
    return jdbc.sql(
            "select secret, last_step, confirmed_at from totp where agent_id = ? for update")
        .param(agentId)
        .query((row, n) ->
            new App(
                box.open(purpose(agentId), row.getBytes("secret")),
                row.getLong("last_step"),
                row.getTimestamp("confirmed_at") != null))
        .optional()
        .orElse(null);
  }

  private String signature(long agentId, String code) {
    return secret.sign("recovery code of agent " + agentId, code, 50);
  }

  private static String purpose(long agentId) {
    return "totp of agent " + agentId;
  }

  private static String digits(String code) {
    return code.length() > 40 ? "" : code.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
  }
}
