package dev.shopbell.channels.email;

import dev.shopbell.brands.Brand;
import dev.shopbell.brands.Brands;
import dev.shopbell.platform.Settings;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.html.HtmlSanitizer;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.staff.Agent;
import dev.shopbell.staff.Agents;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What stands below each mail of a brand. It is put there when the mail leaves and is no part of
 * the message.
 */
@Service
public class Signatures {
  static final String STANDARD =
      "<p><strong>{agent.name}</strong><br>{agent.title}<br>{agent.text}<br>{brand.name}</p>";

  private static final int LONGEST_TEMPLATE = 10_000;
  private static final int LONGEST_OWN = 500;

  private final JdbcClient jdbc;
  private final Brands brands;
  private final Agents agents;
  private final HtmlSanitizer sanitizer;
  private final Settings settings;
  private final Facts facts;

  Signatures(
      JdbcClient jdbc,
      Brands brands,
      Agents agents,
      HtmlSanitizer sanitizer,
      Settings settings,
      Facts facts) {
    this.jdbc = jdbc;
    this.brands = brands;
    this.agents = agents;
    this.sanitizer = sanitizer;
    this.settings = settings;
    this.facts = facts;
  }

  /** The template of a brand, or the standard one. */
  String template(long brandId) {
    return stored(brandId).orElse(STANDARD);
  }

  boolean isStandard(long brandId) {
    return stored(brandId).isEmpty();
  }

  /**
   * Sets the template of a brand.
   *
   * @param html null for the standard one, empty for none
   */
  @Transactional
  public void setBrand(Actor actor, long brandId, @Nullable String html) {
    brands.get(brandId);
    if (html == null) {
      jdbc.sql("delete from brand_signature where brand_id = ?").param(brandId).update();
    } else {
      jdbc.sql(
              """
              insert into brand_signature (brand_id, html) values (?, ?)
              on conflict (brand_id) do update set html = excluded.html
              """)
          .param(brandId)
          .param(checkedTemplate(html))
          .update();
    }
    facts.append(actor, new SignatureChanged(brandId, null));
  }

  /** What an agent adds for a brand; empty for nothing. */
  @Transactional
  void setOwn(long agentId, long brandId, String text) {
    brands.get(brandId);
    String own = text.replace("\r\n", "\n").replace("\u0000", "").strip();
    if (own.length() > LONGEST_OWN) {
      throw Problem.invalid("text", "At most " + LONGEST_OWN + " characters.");
    }
    jdbc.sql("delete from agent_signature where agent_id = ? and brand_id = ?")
        .param(agentId)
        .param(brandId)
        .update();
    if (!own.isEmpty()) {
      jdbc.sql("insert into agent_signature (agent_id, brand_id, text) values (?, ?, ?)")
          .param(agentId)
          .param(brandId)
          .param(own)
          .update();
    }
    facts.append(Actor.agent(agentId), new SignatureChanged(brandId, agentId));
  }

  /** An agent's own lines, and how the whole looks to customers. */
  record Own(long brandId, String text, Signature signature) {}

  List<Own> own(long agentId) {
    return brands.all().stream().map(brand -> own(agentId, brand)).toList();
  }

  Own own(long agentId, long brandId) {
    return own(agentId, brands.get(brandId));
  }

  private Own own(long agentId, Brand brand) {
    return new Own(brand.id(), ownText(agentId, brand.id()), of(brand, agentId));
  }

  /**
   * The signature of a mail.
   *
   * @param agentId who wrote it; null where it was a program
   */
  Signature of(Brand brand, @Nullable Long agentId) {
    return filled(template(brand.id()), brand, agentId);
  }

  /** How a template would look to customers below a mail of the agent. */
  Signature preview(long brandId, String html, long agentId) {
    return filled(checkedTemplate(html), brands.get(brandId), agentId);
  }

  private Signature filled(String template, Brand brand, @Nullable Long agentId) {
    Agent agent = agentId == null ? null : agents.find(agentId).orElse(null);
    Signature.Values values =
        new Signature.Values(
            agent == null ? "" : agent.publicName(),
            agent == null ? "" : Objects.requireNonNullElse(agent.title(), ""),
            agent == null ? "" : ownText(agent.id(), brand.id()),
            brand.name(),
            Objects.requireNonNullElse(brand.address(), ""));
    return Signature.of(template, values, agent == null ? null : agent.faceUrl());
  }

  /**
   * Where customers find the picture; null where there is none, or where nobody outside could reach
   * it because the installation does not know its own address.
   */
  @Nullable String publicFace(Signature signature) {
    return signature.faceUrl() == null || settings.publicUrl().isEmpty()
        ? null
        : settings.linkBase() + signature.faceUrl();
  }

  private Optional<String> stored(long brandId) {
    return jdbc.sql("select html from brand_signature where brand_id = ?")
        .param(brandId)
        .query(String.class)
        .optional();
  }

  private String ownText(long agentId, long brandId) {
    return jdbc.sql("select text from agent_signature where agent_id = ? and brand_id = ?")
        .param(agentId)
        .param(brandId)
        .query(String.class)
        .optional()
        .orElse("");
  }

  private String checkedTemplate(String html) {
    if (html.length() > LONGEST_TEMPLATE) {
      throw Problem.invalid("html", "At most " + LONGEST_TEMPLATE + " characters.");
    }
    return sanitizer.forOutgoing(html.replace("\u0000", ""), url -> false).strip();
  }
}
