package dev.shopbell.channels.email;

import dev.shopbell.channels.email.authentication.DkimSigner;
import dev.shopbell.channels.email.authentication.DomainAdvice;
import dev.shopbell.platform.SecretBox;
import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.dns.Dns;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.tasks.Tasks;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The keys that sign our mail. A key signs only while DNS shows its public half, for a signature
 * that nobody can check is worse than none; until a new one is seen the old one signs on.
 */
@Component
class DkimKeys {
  private static final Logger log = LoggerFactory.getLogger(DkimKeys.class);
  private static final String PURPOSE = "dkim key";
  private static final int BITS = 2048;

  /** Who makes a key publishes it soon. */
  private static final Duration FIRST_LOOK = Duration.ofMinutes(10);

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final SecretBox secrets;
  private final Facts facts;
  private final Tasks tasks;
  private final Clock clock;

  DkimKeys(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      SecretBox secrets,
      Facts facts,
      Tasks tasks,
      Clock clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.secrets = secrets;
    this.facts = facts;
    this.tasks = tasks;
    this.clock = clock;
  }

  /**
   * @param active whether it signs; else it waits to be seen in DNS
   * @param publicKey base64, as DNS publishes it
   */
  record Key(
      long id,
      String domain,
      String selector,
      String publicKey,
      boolean active,
      @Nullable Instant checkedAt,
      Instant createdAt) {
    DomainAdvice.Key published() {
      return new DomainAdvice.Key(selector, publicKey, active);
    }
  }

  /** The keys of a domain, the one that signs first. */
  List<Key> of(String domain) {
    return jdbc.sql(
            """
            select id, domain, selector, public_key, active, checked_at, created_at
            from dkim_key where domain = ? order by active desc
            """)
        .param(domain)
        .query(Key.class)
        .list();
  }

  Optional<String> domain(long id) {
    return jdbc.sql("select domain from dkim_key where id = ?")
        .param(id)
        .query(String.class)
        .optional();
  }

  /** Makes a key, in place of one that still waits. */
  void make(Actor actor, String domain) {
    KeyPair pair = newPair();
    Base64.Encoder base64 = Base64.getEncoder();
    String selector = "shopbell" + SecretKey.randomToken(20);
    String publicKey = base64.encodeToString(pair.getPublic().getEncoded());
    byte[] sealed = secrets.seal(PURPOSE, base64.encodeToString(pair.getPrivate().getEncoded()));
    transaction.executeWithoutResult(status -> {
      Instant now = clock.instant();
      jdbc.sql("delete from dkim_key where domain = ? and not active").param(domain).update();
      long id =
          jdbc.sql(
                  """
                  insert into dkim_key (domain, selector, public_key, private_key, created_at)
                  values (:domain, :selector, :public, :private, :now) returning id
                  """)
              .param("domain", domain)
              .param("selector", selector)
              .param("public", publicKey)
              .param("private", sealed)
              .param("now", now.atOffset(ZoneOffset.UTC))
              .query(Long.class)
              .single();
      facts.append(actor, new DkimKeyAdded(id));
      tasks.schedule(CheckDkimKey.class, id, now.plus(FIRST_LOOK));
    });
  }

  /** Removes all keys of the domain: its mail is signed no more. */
  void remove(Actor actor, String domain) {
    transaction.executeWithoutResult(status ->
        jdbc.sql("delete from dkim_key where domain = ? returning id")
            .param(domain)
            .query(Long.class)
            .list()
            .forEach(id -> facts.append(actor, new DkimKeyRemoved(id))));
  }

  /** Looks whether DNS shows the domain's keys, and lets those sign that it shows. */
  void check(String domain, Dns.Lookup dns) {
    for (Key key : of(domain)) {
      DomainAdvice.Shown shown = DomainAdvice.shown(domain, key.published(), dns);
      if (shown != DomainAdvice.Shown.unknown) {
        transaction.executeWithoutResult(status -> settle(key, shown == DomainAdvice.Shown.yes));
      }
    }
  }

  private void settle(Key key, boolean shown) {
    if (shown && !key.active()) {
      // The one before has done its work. Mail on its way needs only its public half.
      jdbc.sql(
              """
              delete from dkim_key where domain = :domain and active
                and exists (select from dkim_key where id = :id and not active)
              """)
          .param("domain", key.domain())
          .param("id", key.id())
          .update();
      changed(key, true, new DkimKeyActivated(key.id()));
    } else if (!shown && key.active()) {
      // Whoever has made a new key may take the old one out of DNS before the new one is seen.
      int replaced =
          jdbc.sql(
                  """
                  delete from dkim_key where id = :id and active
                    and exists (select from dkim_key where domain = :domain and not active)
                  """)
              .param("id", key.id())
              .param("domain", key.domain())
              .update();
      if (replaced == 0) {
        changed(key, false, new DkimKeySilenced(key.id()));
      }
    }
    jdbc.sql("update dkim_key set checked_at = :now where id = :id")
        .param("id", key.id())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  private void changed(Key key, boolean active, dev.shopbell.platform.facts.Fact fact) {
    int changed =
        jdbc.sql("update dkim_key set active = :active where id = :id and active <> :active")
            .param("id", key.id())
            .param("active", active)
            .update();
    if (changed > 0) {
      facts.append(Actor.SYSTEM, fact);
    }
  }

  /** The key that signs mail from the domain. */
  Optional<DkimSigner.Key> signing(String domain) {
    record Sealed(String selector, byte[] privateKey) {}
    return jdbc.sql("select selector, private_key from dkim_key where domain = ? and active")
        .param(domain)
        .query(Sealed.class)
        .optional()
        .flatMap(sealed -> {
          try {
            return Optional.of(
                new DkimSigner.Key(
                    domain,
                    sealed.selector(),
                    privateKey(secrets.open(PURPOSE, sealed.privateKey()))));
          } catch (IllegalStateException e) {
            log.error("A DKIM key cannot be opened, mail leaves unsigned: {}", e.getMessage());
            return Optional.empty();
          }
        });
  }

  private static PrivateKey privateKey(String base64) {
    try {
      return KeyFactory.getInstance("RSA")
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair newPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
