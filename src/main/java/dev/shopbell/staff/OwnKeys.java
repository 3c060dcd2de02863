package dev.shopbell.staff;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The keys that each agent has chosen for the desk. Which actions there are, and which keys are
 * free, is for the desk to know; here is kept what may be one.
 */
@Service
class OwnKeys {
  static final int MOST = 200;

  private static final Pattern ACTION = Pattern.compile("[a-z][a-z0-9-]{0,59}");
  private static final Pattern CHORD = Pattern.compile("\\P{Cntrl}{0,40}");

  private final JdbcClient jdbc;
  private final Facts facts;

  OwnKeys(JdbcClient jdbc, Facts facts) {
    this.jdbc = jdbc;
    this.facts = facts;
  }

  /**
   * @param action the id of something that the desk does
   * @param chord such as {@code d} or {@code mod+shift+d}, where mod is ⌘ or Ctrl; empty for no key
   */
  record OwnKey(String action, String chord) {}

  List<OwnKey> of(long agentId) {
    return jdbc.sql("select action, chord from agent_key where agent_id = ? order by action")
        .param(agentId)
        .query((row, n) -> new OwnKey(row.getString(1), row.getString(2)))
        .list();
  }

  /** All of them at once: what is not among them has the desk's own key again. */
  @Transactional
  void set(long agentId, List<OwnKey> keys) {
    if (keys.size() > MOST) {
      throw Problem.invalid("keys", "At most " + MOST + " keys of one's own.");
    }
    Set<String> actions = new HashSet<>();
    for (OwnKey key : keys) {
      if (!ACTION.matcher(key.action()).matches() || !actions.add(key.action())) {
        throw Problem.invalid(
            "keys",
            "An action is named once, in up to 60 small letters, digits and hyphens, such as"
                + " “resolve”.");
      }
      if (!CHORD.matcher(key.chord()).matches()) {
        throw Problem.invalid("keys", "A key is named in up to 40 characters, such as “mod+d”.");
      }
    }
    jdbc.sql("delete from agent_key where agent_id = ?").param(agentId).update();
    jdbc.sql(
            """
            insert into agent_key (agent_id, action, chord)
            select :agent, * from unnest(:actions::text[], :chords::text[])
            """)
        .param("agent", agentId)
        .param("actions", keys.stream().map(OwnKey::action).toArray(String[]::new))
        .param("chords", keys.stream().map(OwnKey::chord).toArray(String[]::new))
        .update();
    facts.append(Actor.agent(agentId), new AgentChanged(agentId));
  }
}
