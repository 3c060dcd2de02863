package dev.shopbell.conversations;

import dev.shopbell.platform.web.Sight;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class TrustedSenderStore {
  private final JdbcClient jdbc;

  TrustedSenderStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The newest first, before an id. */
  List<TrustedSender> list(@Nullable Long brandId, Sight sight, int limit, long before) {
    return jdbc.sql(
            """
            select * from trusted_sender
            where id < :before and (:brand::bigint is null or brand_id = :brand)
              and (:seen::bigint[] is null or brand_id = any(:seen))
            order by id desc limit :limit
            """)
        .param("before", before)
        .param("brand", brandId)
        .param("seen", sight.brandIds())
        .param("limit", limit + 1)
        .query(TrustedSenderStore::row)
        .list();
  }

  TrustedSender get(long brandId, String sender) {
    return jdbc.sql("select * from trusted_sender where brand_id = ? and sender = ?")
        .param(brandId)
        .param(sender)
        .query(TrustedSenderStore::row)
        .single();
  }

  /** Empty where it was there already. */
  Optional<TrustedSender> insert(long brandId, String sender, Instant now) {
    return jdbc.sql(
            """
            insert into trusted_sender (brand_id, sender, created_at) values (?, ?, ?)
            on conflict do nothing returning *
            """)
        .param(brandId)
        .param(sender)
        .param(now.atOffset(ZoneOffset.UTC))
        .query(TrustedSenderStore::row)
        .optional();
  }

  /** Whose brand it was of; empty where there was none. */
  Optional<Long> delete(long id) {
    return jdbc.sql("delete from trusted_sender where id = ? returning brand_id")
        .param(id)
        .query(Long.class)
        .optional();
  }

  /** Which of these messages are from a trusted sender, unless somebody only says to be that. */
  Set<Long> trusted(Collection<Long> messageIds) {
    return messageIds.isEmpty()
        ? Set.of()
        : new HashSet<>(
            jdbc.sql(
                    """
                    select message.id from message
                    where message.id = any(:ids) and message.direction = 'inbound'
                      and coalesce(message.authentication ->> 'verdict', '') <> 'failed'
                      and exists (
                        select from trusted_sender where trusted_sender.brand_id = message.brand_id
                          and trusted_sender.sender in (
                            lower(message.from_address), lower(substring(message.from_address from '@([^@]+)$'))))
                    """)
                .param("ids", messageIds.toArray(Long[]::new))
                .query(Long.class)
                .list());
  }

  private static TrustedSender row(ResultSet row, int n) throws SQLException {
    return new TrustedSender(
        row.getLong("id"),
        row.getLong("brand_id"),
        row.getString("sender"),
        row.getTimestamp("created_at").toInstant());
  }
}
