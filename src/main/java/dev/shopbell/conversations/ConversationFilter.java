package dev.shopbell.conversations;

import dev.shopbell.platform.web.Caller;
import java.util.Arrays;
import java.util.Map;

/**
 * Which conversations a list shows, and to whom.
 *
 * @param me whose “me” it is
 */
record ConversationFilter(Conditions conditions, long me) {

  static ConversationFilter of(Conditions conditions, Caller caller) {
    return new ConversationFilter(conditions, caller.agentId());
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
    return ConditionSql.of(conditions, me);
  }

  ConversationFilter and(Condition one) {
    return new ConversationFilter(conditions.and(one), me);
  }

  /** Whether it may leave few conversations. */
  boolean isNarrow() {
    return conditions.isNarrow();
  }
}
