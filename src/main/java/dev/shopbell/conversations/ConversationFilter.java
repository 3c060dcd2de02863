package dev.shopbell.conversations;

import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Sight;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which conversations a list shows, and to whom.
 *
 * @param sight of whoever looks: what is outside it is in no list
 */
record ConversationFilter(Conditions conditions, Sight sight) {

  static ConversationFilter of(Conditions conditions, Caller caller) {
    return new ConversationFilter(conditions, caller.sight());
  }

  /** Whose “me” it is. */
  long me() {
    return sight.agentId();
  }

  /** The conditions as SQL over {@code conversation}, and the values of its parameters. */
  record Where(String sql, Map<String, Object> parameters) {
    /** The same words with the same values ask the same. */
    String key() {
      StringBuilder key = new StringBuilder(sql);
      parameters
          .values()
          .forEach(value ->
              key.append('|')
                  .append(value instanceof Object[] many ? Arrays.toString(many) : value));
      return key.toString();
    }
  }

  Where where() {
    Where asked = ConditionSql.of(conditions, sight);
    String standing = asked.sql() + " and conversation.merged_into is null";
    if (sight.everything()) {
      return new Where(standing, asked.parameters());
    }
    Seen seen = Seen.by(sight);
    Map<String, Object> parameters = new LinkedHashMap<>(asked.parameters());
    parameters.putAll(seen.parameters());
    return new Where(standing + seen.and(), parameters);
  }

  ConversationFilter and(Condition one) {
    return new ConversationFilter(conditions.and(one), sight);
  }

  /** Whether it may leave few conversations. */
  boolean isNarrow() {
    return conditions.isNarrow();
  }
}
