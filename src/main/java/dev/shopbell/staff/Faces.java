package dev.shopbell.staff;

import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.pictures.Picture;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The pictures of agents. Each upload has a name of 128 random bits, under which the world may have
 * it: mail shows it. One that was replaced stays, for mail that was sent; taking the picture away
 * takes all of them.
 */
@Service
class Faces {
  private static final int KEPT = 10;

  private final JdbcClient jdbc;
  private final Facts facts;
  private final Clock clock;

  Faces(JdbcClient jdbc, Facts facts, Clock clock) {
    this.jdbc = jdbc;
    this.facts = facts;
    this.clock = clock;
  }

  @Transactional
  void set(long agentId, Picture image) {
    String name = SecretKey.randomToken(128) + "." + image.type();
    jdbc.sql("insert into face (name, agent_id, image, created_at) values (?, ?, ?, ?)")
        .param(name)
        .param(agentId)
        .param(image.bytes())
        .param(clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    jdbc.sql(
            """
            delete from face where name in (
              select name from face where agent_id = ? order by created_at desc, name offset ?)
            """)
        .param(agentId)
        .param(KEPT)
        .update();
    show(agentId, name);
  }

  @Transactional
  void remove(long agentId) {
    jdbc.sql("delete from face where agent_id = ?").param(agentId).update();
    show(agentId, null);
  }

  Optional<byte[]> find(String name) {
    return jdbc.sql("select image from face where name = ?")
        .param(name)
        .query(byte[].class)
        .optional();
  }

  private void show(long agentId, @Nullable String name) {
    jdbc.sql("update agent set face = ? where id = ?").param(name).param(agentId).update();
    facts.append(Actor.agent(agentId), new AgentChanged(agentId));
  }
}
