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
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@io.swagger.v3.oas.annotations.tags.Tag(name = "Messages")
class MessageApi {
  private final Outbox outbox;
  private final ConversationStore store;
  private final MessageStore messages;
  private final OpenConversation open;
  private final ConversationStarts starts;
  private final Drafts drafts;

  MessageApi(
      Outbox outbox,
      ConversationStore store,
      MessageStore messages,
      OpenConversation open,
      ConversationStarts starts,
      Drafts drafts) {
    this.outbox = outbox;
    this.store = store;
    this.messages = messages;
    this.open = open;
    this.starts = starts;
    this.drafts = drafts;
  }

  record Addressee(@Nullable String name, String address) {
    Correspondent correspondent() {
      return new Correspondent(name, address);
    }

    static @Nullable List<Correspondent> of(@Nullable List<Addressee> people) {
      return people == null ? null : people.stream().map(Addressee::correspondent).toList();
    }
  }

  /**
   * An answer: text or html. An image of the html names an upload by its address, {@code
   * /api/v1/attachments/ID}, and goes along within the text.
   *
   * @param attachments ids of uploads
   * @param status what the conversation becomes; waiting where it is left out
   * @param undoSeconds 0 to 60: how long the answer is held back
   * @param to whom it goes to, instead of whom the conversation's {@code answering} names; 50
   *     recipients in all at most, addresses of our own are left out
   * @param bcc who gets it without the others knowing
   * @param subject instead of the conversation's
   * @param sendAt when it leaves, at most a year ahead; held back if somebody writes before then
   * @param seen the newest message of the conversation that its author has seen: where a customer
   *     or another agent has written since, the answer is refused with 409 and {@code errors} names
   *     {@code seen}. Left out, nothing is compared
   */
  record NewReply(
      @Nullable String text,
      @Nullable String html,
      @Nullable String channel,
      @Nullable List<Long> attachments,
      @Nullable Status status,
      @Nullable Instant snoozedUntil,
      @Nullable Integer undoSeconds,
      @Nullable List<Addressee> to,
      @Nullable List<Addressee> cc,
      @Nullable List<Addressee> bcc,
      @Nullable String subject,
      @Nullable Instant sendAt,
      @Nullable Long seen) {
    Conversations.Reply reply() {
      return new Conversations.Reply(
          text,
          html,
          channel,
          attachments == null ? List.of() : attachments,
          status,
          snoozedUntil,
          Duration.ofSeconds(undoSeconds == null ? 0 : undoSeconds),
          new Addressing(Addressee.of(to), Addressee.of(cc), Addressee.of(bcc), subject),
          sendAt,
          seen);
    }
  }

  /**
   * @param messages which are forwarded; everything but notes where it is left out
   * @param text what is said above it
   * @param attachments ids of uploads that go along
   * @param carried which files of the messages go along; all where it is left out
   * @param originals whether the mails also go along as they came
   * @param undoSeconds 0 to 60: how long it is held back
   */
  record NewForward(
      List<Addressee> to,
      @Nullable List<Addressee> cc,
      @Nullable List<Addressee> bcc,
      @Nullable String subject,
      @Nullable List<Long> messages,
      @Nullable String text,
      @Nullable String html,
      @Nullable List<Long> attachments,
      @Nullable List<Long> carried,
      @Nullable Boolean originals,
      @Nullable Integer undoSeconds) {
    Forwards.Forward forward() {
      return new Forwards.Forward(
          messages,
          new Addressing(Addressee.of(to), Addressee.of(cc), Addressee.of(bcc), subject),
          text,
          html,
          attachments == null ? List.of() : attachments,
          carried,
          Boolean.TRUE.equals(originals),
          Duration.ofSeconds(undoSeconds == null ? 0 : undoSeconds));
    }
  }

  /**
   * @param undoSeconds 0 to 60: how long it is held back
   */
  record NewRedirect(List<Addressee> to, @Nullable Integer undoSeconds) {}

  record NewNote(@Nullable String text, @Nullable String html, @Nullable List<Long> attachments) {}

  /**
   * @param brandId may be left out while there is one brand
   */
  record NewConversation(
      @Nullable Long brandId,
      Addressee to,
      String subject,
      @Nullable String text,
      @Nullable String html,
      @Nullable List<Long> attachments,
      @Nullable List<Addressee> cc,
      @Nullable List<Addressee> bcc) {}

  /** What was taken back, to be written on. */
  record WithdrawnReply(
      Purpose purpose,
      List<Correspondent> to,
      List<Correspondent> cc,
      List<Correspondent> bcc,
      String subject,
      String text,
      @Nullable String html,
      List<AttachmentApi.Upload> attachments) {
    static WithdrawnReply of(Message message) {
      boolean forward = message.purpose() == Purpose.forward;
      return new WithdrawnReply(
          message.purpose() == null ? Purpose.reply : message.purpose(),
          message.to(),
          message.cc(),
          message.bcc(),
          message.subject(),
          message.ownText(),
          forward ? null : message.html(),
          message.attachments().stream()
              .filter(file -> !forward && !file.inline())
              .map(file ->
                  new AttachmentApi.Upload(file.id(), file.name(), file.contentType(), file.size()))
              .toList());
    }

    DraftStore.Content draft(Draft.People people) {
      return new DraftStore.Content(
          html == null ? Drafts.ofText(text) : html,
          subject,
          people,
          attachments.stream().map(AttachmentApi.Upload::id).toList(),
          null,
          null);
    }
  }

  /**
   * @param sendAt when it leaves, at most a year ahead
   */
  record NewTime(Instant sendAt) {}

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
    List<Message> read = messages.list(id, order.equals("desc"), most, Cursor.parse(cursor, 2));
    if (read.isEmpty() && !store.exists(id)) {
      throw Problem.notFound("There is no conversation " + id + ".");
    }
    return Page.of(read, most, message -> Cursor.of(message.receivedAt(), message.id()));
  }

  @PostMapping("/conversations")
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.CONVERSATIONS_REPLY)
  ConversationDetail startConversation(@RequestBody NewConversation begin, Caller caller) {
    if (begin.brandId() != null) {
      caller.sight().require(begin.brandId());
    }
    Conversations.Reply first =
        new Conversations.Reply(
            begin.text(),
            begin.html(),
            "email",
            begin.attachments() == null ? List.of() : begin.attachments(),
            null,
            null,
            Duration.ZERO,
            new Addressing(
                List.of(begin.to().correspondent()),
                Addressee.of(begin.cc()),
                Addressee.of(begin.bcc()),
                null),
            null,
            null);
    long id =
        starts.byMail(
            caller.sight(), begin.brandId(), begin.to().correspondent(), begin.subject(), first);
    drafts.discard(new DraftStore.Place(caller.agentId(), null, DraftKind.start));
    return open.read(id, caller.sight());
  }

  @PostMapping("/conversations/{id}/replies")
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.CONVERSATIONS_REPLY)
  Message reply(@PathVariable long id, @RequestBody NewReply reply, Caller caller) {
    long message = outbox.reply(caller.agentId(), id, reply.reply());
    sent(id, DraftKind.reply, caller);
    return messages.find(message).orElseThrow();
  }

  @PostMapping("/conversations/{id}/notes")
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.CONVERSATIONS_REPLY)
  Message addNote(@PathVariable long id, @RequestBody NewNote note, Caller caller) {
    long message =
        outbox.note(
            caller.agentId(),
            id,
            note.text(),
            note.html(),
            note.attachments() == null ? List.of() : note.attachments());
    sent(id, DraftKind.note, caller);
    return messages.find(message).orElseThrow();
  }

  /** Sends messages of the conversation to somebody else; their answers come back into it. */
  @PostMapping("/conversations/{id}/forwards")
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.CONVERSATIONS_REPLY)
  Message forward(@PathVariable long id, @RequestBody NewForward forward, Caller caller) {
    long message = outbox.forward(caller.agentId(), id, forward.forward());
    sent(id, DraftKind.forward, caller);
    return messages.find(message).orElseThrow();
  }

  /** Passes a mail on as it came, so that whoever gets it answers its sender. */
  @PostMapping("/messages/{id}/redirects")
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.CONVERSATIONS_REPLY)
  Message redirect(@PathVariable long id, @RequestBody NewRedirect redirect, Caller caller) {
    Addressing addressing = new Addressing(Addressee.of(redirect.to()), null, null, null);
    Duration undo = Duration.ofSeconds(redirect.undoSeconds() == null ? 0 : redirect.undoSeconds());
    return messages.find(outbox.redirect(caller.agentId(), id, addressing, undo)).orElseThrow();
  }

  /**
   * Takes back what has not left: within its seconds of undo, or while it is scheduled or held. It
   * becomes the draft again.
   */
  @PostMapping("/messages/{id}/undo")
  @Allow(Permission.CONVERSATIONS_REPLY)
  WithdrawnReply undoReply(@PathVariable long id, Caller caller) {
    Message withdrawn = outbox.withdraw(caller.agentId(), id);
    WithdrawnReply words = WithdrawnReply.of(withdrawn);
    DraftKind kind = words.purpose().draft();
    if (kind != null) {
      drafts.keep(
          new DraftStore.Place(caller.agentId(), withdrawn.conversationId(), kind),
          words.draft(Draft.People.of(withdrawn)),
          Drafts.Writing.BY_THE_PROGRAM);
    }
    return words;
  }

  /** Takes back what has not left, and keeps nothing of it. */
  @DeleteMapping("/messages/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.CONVERSATIONS_REPLY)
  void cancelReply(@PathVariable long id, Caller caller) {
    outbox.withdraw(caller.agentId(), id);
  }

  /** Lets a scheduled or held answer leave now. */
  @PostMapping("/messages/{id}/send")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Allow(Permission.CONVERSATIONS_REPLY)
  Message sendReply(@PathVariable long id, Caller caller) {
    outbox.sendNow(caller.agentId(), id);
    return messages.find(id).orElseThrow();
  }

  /** Has a scheduled or held answer leave at another time. */
  @PutMapping("/messages/{id}/schedule")
  @Allow(Permission.CONVERSATIONS_REPLY)
  Message scheduleReply(@PathVariable long id, @RequestBody NewTime time, Caller caller) {
    outbox.reschedule(caller.agentId(), id, time.sendAt());
    return messages.find(id).orElseThrow();
  }

  @PostMapping("/messages/{id}/resend")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Allow(Permission.CONVERSATIONS_REPLY)
  Message resendReply(@PathVariable long id, Caller caller) {
    outbox.resend(caller.agentId(), id);
    return messages.find(id).orElseThrow();
  }

  private void sent(long conversationId, DraftKind kind, Caller caller) {
    drafts.discard(new DraftStore.Place(caller.agentId(), conversationId, kind));
  }
}
