package dev.shopbell.conversations;

import dev.shopbell.platform.web.Problem;
import dev.shopbell.platform.web.Sight;
import dev.shopbell.platform.web.SightDoor;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lets nobody near what belongs to a conversation or a brand that they do not see. */
@Component
public class ConversationDoor implements SightDoor {
  private final JdbcClient jdbc;

  ConversationDoor(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<Guard> guards() {
    return List.of(
        Guard.ofNumber("conversations", "conversation", this::sees),
        Guard.ofNumber("messages", "message", this::seesMessage),
        Guard.ofNumber("attachments", "attachment", this::seesAttachment),
        Guard.ofNumber(
            "library-files",
            "file",
            (sight, id) -> seesOf(sight, "select brand_id from library_file where id = ?", id)),
        Guard.ofNumber(
            "trusted-senders",
            "trusted sender",
            (sight, id) -> seesOf(sight, "select brand_id from trusted_sender where id = ?", id)));
  }

  /** Whether there is such a conversation, and the agent sees it. */
  public boolean sees(Sight sight, long id) {
    Seen seen = Seen.by(sight);
    return exists("select from conversation where id = :id" + seen.and(), id, sight);
  }

  /**
   * For a conversation that is named in a body.
   *
   * @throws Problem as for one that does not exist
   */
  public void require(Sight sight, long id) {
    if (!sight.everything() && !sees(sight, id)) {
      throw Problem.notFound("There is no conversation " + id + ".");
    }
  }

  private boolean seesMessage(Sight sight, long id) {
    return exists(
        """
        select from message join conversation on conversation.id = message.conversation_id
        where message.id = :id
        """
            + Seen.by(sight).and(),
        id,
        sight);
  }

  boolean seesAttachment(Sight sight, long id) {
    return exists(
        """
        select from attachment left join message on message.id = attachment.message_id
        left join conversation on conversation.id = message.conversation_id
        where attachment.id = :id and (attachment.uploaded_by = :me and attachment.message_id is null
          or conversation.id is not null
        """
            + Seen.by(sight).and()
            + ")",
        id,
        sight);
  }

  private boolean exists(String select, long id, Sight sight) {
    return jdbc.sql("select exists (" + select + ")")
        .params(Seen.by(sight).parameters())
        .param("id", id)
        .param("me", sight.agentId())
        .query(Boolean.class)
        .single();
  }

  private boolean seesOf(Sight sight, String brand, long id) {
    return jdbc.sql(brand).param(id).query(Long.class).optional().filter(sight::sees).isPresent();
  }
}
