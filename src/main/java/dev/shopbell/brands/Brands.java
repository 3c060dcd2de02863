package dev.shopbell.brands;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Checked;
import dev.shopbell.platform.web.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The brands of this installation. */
@Service
public class Brands {
  private static final String SELECT =
      """
      select brand.id, brand.name, address, from_name, color, '/logos/' || brand_logo.name as logo_url, time_zone,
        brand.created_at
      from brand left join brand_logo on brand_logo.brand_id = brand.id
      """;

  private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}");
  private static final int LONGEST_NAME = 120;

  private final JdbcClient jdbc;
  private final Facts facts;
  private final Clock clock;

  Brands(JdbcClient jdbc, Facts facts, Clock clock) {
    this.jdbc = jdbc;
    this.facts = facts;
    this.clock = clock;
  }

  /** What of a brand is to change; what is null stays, an empty text takes the value away. */
  @Schema(name = "BrandChange")
  public record Change(
      @Nullable String name,
      @Nullable String address,
      @Nullable String fromName,
      @Nullable String color,
      @Nullable String timeZone) {}

  public List<Brand> all() {
    return jdbc.sql(SELECT + "order by brand.id").query(Brands::row).list();
  }

  public Optional<Brand> find(long id) {
    return jdbc.sql(SELECT + "where brand.id = ?").param(id).query(Brands::row).optional();
  }

  /**
   * @throws Problem if there is none of that id
   */
  public Brand get(long id) {
    return find(id).orElseThrow(() -> Problem.notFound("There is no brand " + id + "."));
  }

  @Transactional
  public Brand create(Actor actor, String name) {
    long id =
        jdbc.sql("insert into brand (name, created_at) values (:name, :now) returning id")
            .param("name", checkedName(name))
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .query(Long.class)
            .single();
    facts.append(actor, new BrandCreated(id));
    return get(id);
  }

  @Transactional
  public Brand change(Actor actor, long id, Change change) {
    Brand brand = get(id);
    jdbc.sql(
            """
            update brand set name = :name, address = :address, from_name = :fromName, color = :color,
              time_zone = :timeZone
            where id = :id
            """)
        .param("id", id)
        .param("name", change.name() == null ? brand.name() : checkedName(change.name()))
        .param(
            "address",
            change.address() == null ? brand.address() : checkedAddress(change.address()))
        .param(
            "fromName",
            change.fromName() == null ? brand.fromName() : optional("fromName", change.fromName()))
        .param("color", change.color() == null ? brand.color() : checkedColor(change.color()))
        .param(
            "timeZone",
            change.timeZone() == null ? brand.timeZone() : checkedZone(change.timeZone()))
        .update();
    facts.append(actor, new BrandChanged(id));
    return get(id);
  }

  private static @Nullable String checkedAddress(String text) {
    return text.isBlank() ? null : Checked.mailAddress("address", text);
  }

  private static String checkedName(String text) {
    String name = text.strip();
    if (name.isEmpty() || name.length() > LONGEST_NAME || hasControls(name)) {
      throw Problem.invalid(
          "name", "A brand's name has 1 to " + LONGEST_NAME + " characters on one line.");
    }
    return name;
  }

  private static @Nullable String optional(String field, String text) {
    if (text.isBlank()) {
      return null;
    }
    if (text.length() > LONGEST_NAME || hasControls(text)) {
      throw Problem.invalid(field, "At most " + LONGEST_NAME + " characters on one line.");
    }
    return text.strip();
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  private static String checkedColor(String text) {
    if (!COLOR.matcher(text).matches()) {
      throw Problem.invalid("color", "A colour is written like #4f46e5.");
    }
    return text;
  }

  private static String checkedZone(String text) {
    try {
      return ZoneId.of(text).getId();
    } catch (DateTimeException e) {
      throw Problem.invalid(
          "timeZone", "“" + text + "” is not a time zone; they are named like Europe/Berlin.");
    }
  }

  private static Brand row(ResultSet row, int n) throws SQLException {
    return new Brand(
        row.getLong("id"),
        row.getString("name"),
        row.getString("address"),
        row.getString("from_name"),
        row.getString("color"),
        row.getString("logo_url"),
        row.getString("time_zone"),
        row.getTimestamp("created_at").toInstant());
  }
}
