package dev.shopbell.brands;

import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.pictures.Picture;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The logos of brands. Each upload has a name of 128 random bits, under which the world may have it
 * until another takes its place.
 */
@Service
class Logos {
  private final JdbcClient jdbc;
  private final Facts facts;
  private final Clock clock;

  Logos(JdbcClient jdbc, Facts facts, Clock clock) {
    this.jdbc = jdbc;
    this.facts = facts;
    this.clock = clock;
  }

  @Transactional
  void set(Actor actor, long brandId, Picture logo) {
    jdbc.sql(
            """
            insert into brand_logo (brand_id, name, image, created_at) values (:brand, :name, :image, :now)
            on conflict (brand_id) do update set name = :name, image = :image, created_at = :now
            """)
        .param("brand", brandId)
        .param("name", SecretKey.randomToken(128) + "." + logo.type())
        .param("image", logo.bytes())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    facts.append(actor, new BrandChanged(brandId));
  }

  @Transactional
  void remove(Actor actor, long brandId) {
    if (jdbc.sql("delete from brand_logo where brand_id = ?").param(brandId).update() > 0) {
      facts.append(actor, new BrandChanged(brandId));
    }
  }

  Optional<byte[]> find(String name) {
    return jdbc.sql("select image from brand_logo where name = ?")
        .param(name)
        .query(byte[].class)
        .optional();
  }
}
