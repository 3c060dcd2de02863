package dev.shopbell.customers;

import dev.shopbell.platform.web.Sight;
import java.util.Map;

/**
 * A slot, filled by {@code conversations}: which customers somebody sees by their conversations.
 */
public interface CustomerSight {
  /** For those only who do not see all conversations of their brands. */
  Where of(Sight sight);

  /** A condition as SQL over {@code customer}, and the values of its parameters. */
  record Where(String sql, Map<String, Object> parameters) {}
}
