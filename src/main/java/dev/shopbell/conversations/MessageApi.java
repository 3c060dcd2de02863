package dev.shopbell.conversations;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Cursor;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@io.swagger.v3.oas.annotations.tags.Tag(name = "Messages")
class MessageApi {
  private final Conversations conversations;
  private final ConversationStore store;
  private final MessageStore messages;
  private final OpenConversation open;
  private final ConversationStarts starts;

  MessageApi(
      Conversations conversations,
      ConversationStore store,
      MessageStore messages,
      OpenConversation open,
      ConversationStarts starts) {
    this.conversations = conversations;
    this.store = store;
    this.messages = messages;
    this.open = open;
    this.starts = starts;
  }

  /**
   * An answer: text or html.
   *
   * @param attachments ids of uploads
   * @param status what the conversation becomes; waiting where it is left out
   * @param undoSeconds 0 to 60: how long the answer is held back
   */
  record NewReply(
      @Nullable String text,
      @Nullable String html,
      @Nullable String channel,
      @Nullable List<Long> attachments,
      @Nullable Status status,
      @Nullable Instant snoozedUntil,
      @Nullable Integer undoSeconds) {
    Conversations.Reply reply() {
      return new Conversations.Reply(
          text,
          html,
          channel,
          attachments == null ? List.of() : attachments,
          status,
          snoozedUntil,
          Duration.ofSeconds(undoSeconds == null ? 0 : undoSeconds));
    }
  }

  record NewNote(@Nullable String text, @Nullable String html, @Nullable List<Long> attachments) {}

  record Addressee(@Nullable String name, String address) {}

  /**
   * @param brandId may be left out while there is one brand
   */
  record NewConversation(
      @Nullable Long brandId,
      Addressee to,
      String subject,
      @Nullable String text,
      @Nullable String html,
      @Nullable List<Long> attachments) {}

  record WithdrawnReply(String text, @Nullable String html) {}

  @GetMapping("/conversations/{id}/messages")
  @Allow(Permission.CONVERSATIONS_READ)
  Page<Message> listMessages(
      @PathVariable long id,
      @RequestParam(required = false, defaultValue = "asc") String order,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    if (!order.equals("asc") && !order.equals("desc")) {
      throw Problem.invalid("order", "The order is asc (oldest first) or desc.");
    }
    int most = Page.limit(limit);
    List<Message> read = messages.list(id, order.equals("desc"), most, Cursor.parse(cursor, 1));
    if (read.isEmpty() && store.find(id).isEmpty()) {
      throw Problem.notFound("There is no conversation " + id + ".");
    }
    return Page.of(read, most, message -> Cursor.of(message.id()));
  }

  @PostMapping("/conversations")
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.CONVERSATIONS_REPLY)
  ConversationDetail startConversation(@RequestBody NewConversation begin, Caller caller) {
    Conversations.Reply first =
        new Conversations.Reply(
            begin.text(),
            begin.html(),
            "email",
            begin.attachments() == null ? List.of() : begin.attachments(),
            null,
            null,
            Duration.ZERO);
    long id =
        starts.byMail(
            caller.agentId(),
            begin.brandId(),
            new Correspondent(begin.to().name(), begin.to().address()),
            begin.subject(),
            first);
    return open.read(id, caller.agentId());
  }

  @PostMapping("/conversations/{id}/replies")
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.CONVERSATIONS_REPLY)
  Message reply(@PathVariable long id, @RequestBody NewReply reply, Caller caller) {
    long message = conversations.reply(caller.agentId(), id, reply.reply());
    open.discardDraft(id, caller.agentId());
    return messages.find(message).orElseThrow();
  }

  @PostMapping("/conversations/{id}/notes")
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.CONVERSATIONS_REPLY)
  Message addNote(@PathVariable long id, @RequestBody NewNote note, Caller caller) {
    long message =
        conversations.note(
            caller.agentId(),
            id,
            note.text(),
            note.html(),
            note.attachments() == null ? List.of() : note.attachments());
    return messages.find(message).orElseThrow();
  }

  @PostMapping("/messages/{id}/undo")
  @Allow(Permission.CONVERSATIONS_REPLY)
  WithdrawnReply undoReply(@PathVariable long id, Caller caller) {
    Conversations.Withdrawn withdrawn = conversations.withdraw(caller.agentId(), id);
    String html = withdrawn.html() == null ? Drafts.ofText(withdrawn.text()) : withdrawn.html();
    open.keepDraft(withdrawn.conversationId(), caller.agentId(), html);
    return new WithdrawnReply(withdrawn.text(), withdrawn.html());
  }

  @PostMapping("/messages/{id}/resend")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Allow(Permission.CONVERSATIONS_REPLY)
  Message resendReply(@PathVariable long id, Caller caller) {
    conversations.resend(caller.agentId(), id);
    return messages.find(id).orElseThrow();
  }
}
