package dev.shopbell.customers;

import dev.shopbell.platform.web.Sight;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds customers while their name or address is being typed. */
@Component
public class CustomersByName {
  /** As the index has it. Case and accents count for nothing. */
  private static final String WORDS =
      """
      to_tsvector('simple', replace(regexp_replace(normalize(lower(coalesce(customer.name, '') || ' '
        || coalesce(customer.address, '') || ' ' || translate(coalesce(customer.address, ''), '@.+_-', '     ')),
        NFKD), '[\\u0300-\\u036f]', '', 'g'), 'ß', 'ss'))\
      """;

  /** The first letters of very many are no help to anybody: so many of them are put in order. */
  private static final int MOST = 1_000;

  private final JdbcClient jdbc;
  private final CustomerDoor door;

  CustomersByName(JdbcClient jdbc, CustomerDoor door) {
    this.jdbc = jdbc;
    this.door = door;
  }

  /**
   * Those whose name or address holds words that begin so, among whom the caller sees: whose
   * address or name is just that first, then the newest.
   */
  public List<Customer> beginning(String typed, int limit, Sight sight) {
    String folded = fold(typed).strip();
    String words =
        Arrays.stream(folded.split("[^\\p{L}\\p{N}]+"))
            .filter(word -> !word.isEmpty())
            .limit(8)
            .map(word -> "'" + word + "':*")
            .collect(Collectors.joining(" & "));
    if (words.isEmpty()) {
      return List.of();
    }
    CustomerSight.Where seen = door.where(sight);
    return jdbc.sql(
            """
            with found as materialized (
              select customer.* from customer
              where %s @@ :words::tsquery and merged_into is null and %s limit :most)
            select * from found
            order by address = :typed desc nulls last, lower(name) = :typed desc nulls last,
              address like :pattern or lower(name) like :pattern desc, id desc
            limit :limit
            """
                .formatted(WORDS, seen.sql()))
        .params(seen.parameters())
        .param("words", words)
        .param("typed", folded)
        .param("pattern", folded.replaceAll("([\\\\%_])", "\\\\$1") + "%")
        .param("most", MOST)
        .param("limit", limit)
        .query(Customer.class)
        .list();
  }

  private static String fold(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .replaceAll("\\p{Mn}+", "")
        .toLowerCase(Locale.ROOT)
        .replace("ß", "ss")
        .replace('\u0000', ' ');
  }
}
