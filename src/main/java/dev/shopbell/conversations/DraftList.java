package dev.shopbell.conversations;

import dev.shopbell.platform.html.HtmlText;
import dev.shopbell.platform.html.PlainText;
import dev.shopbell.platform.web.Cursor;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Sight;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** An agent's own drafts in what they see, the newest first. */
@Component
class DraftList {
  private static final int PREVIEW = 200;

  private final JdbcClient jdbc;

  DraftList(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Page<DraftRow> of(Sight sight, int limit, @Nullable Cursor cursor) {
    Seen seen = Seen.by(sight);
    String sql =
        """
        select draft.id, draft.kind, draft.conversation_id, coalesce(draft.subject, conversation.subject, '') as subject,
          customer.id as customer_id, customer.name, customer.address, draft.people #>> '{to,0}' as first_to,
          left(draft.html, 4000) as html, draft.updated_at, draft.superseded <> '[]' as superseded
        from draft
        left join conversation on conversation.id = draft.conversation_id
        left join customer on customer.id = conversation.customer_id
        where draft.agent_id = :agent\
        """
            + (seen.sql().isEmpty() ? "" : " and (conversation.id is null or (" + seen.sql() + "))")
            + (cursor == null ? "" : " and (draft.updated_at, draft.id) < (:at, :id)")
            + " order by draft.updated_at desc, draft.id desc limit :limit";
    JdbcClient.StatementSpec statement =
        jdbc.sql(sql)
            .params(seen.parameters())
            .param("agent", sight.agentId())
            .param("limit", limit + 1);
    if (cursor != null) {
      statement =
          statement
              .param("at", cursor.instant(0).atOffset(ZoneOffset.UTC))
              .param("id", cursor.number(1));
    }
    List<DraftRow> rows = statement.query((row, n) -> row(row)).list();
    return Page.of(rows, limit, row -> Cursor.of(row.updatedAt(), row.id()));
  }

  private static DraftRow row(ResultSet row) throws SQLException {
    Long customer = row.getObject("customer_id", Long.class);
    return new DraftRow(
        row.getLong("id"),
        DraftKind.valueOf(row.getString("kind")),
        row.getObject("conversation_id", Long.class),
        row.getString("subject"),
        customer == null
            ? null
            : new ConversationRow.CustomerRef(
                customer, row.getString("name"), row.getString("address")),
        row.getString("first_to"),
        PlainText.cut(PlainText.oneLine(HtmlText.of(row.getString("html"))), PREVIEW),
        row.getTimestamp("updated_at").toInstant(),
        row.getBoolean("superseded"));
  }
}
