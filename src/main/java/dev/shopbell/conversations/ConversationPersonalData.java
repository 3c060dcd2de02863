package dev.shopbell.conversations;

import dev.shopbell.customers.Person;
import dev.shopbell.customers.PersonExport;
import dev.shopbell.customers.PersonalData;
import dev.shopbell.platform.files.FileStore;
import dev.shopbell.platform.web.Cursor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** A person's conversations, and where they stand in those of others. */
@Component
class ConversationPersonalData implements PersonalData {
  private static final int CONVERSATIONS = 10;
  private static final int MESSAGES = 50;

  private final PersonalMessages found;
  private final MessageEraser eraser;
  private final MessageStore messages;
  private final AttachmentStore attachments;
  private final FileStore files;
  private final TransactionTemplate transaction;

  ConversationPersonalData(
      PersonalMessages found,
      MessageEraser eraser,
      MessageStore messages,
      AttachmentStore attachments,
      FileStore files,
      TransactionTemplate transaction) {
    this.found = found;
    this.eraser = eraser;
    this.messages = messages;
    this.attachments = attachments;
    this.files = files;
    this.transaction = transaction;
  }

  @Override
  public void export(Person person, PersonExport export) throws IOException {
    for (long id : found.conversations(person)) {
      String folder = "conversations/" + id + "/";
      export.file(folder + "conversation.json", out -> write(id, export, out));
      files(found.files(id), folder, export);
    }
    for (long id : look(found::writtenElsewhere, person)) {
      Message message = messages.find(id).orElse(null);
      if (message != null) {
        String folder = "elsewhere/" + id + "/";
        export.json(folder + "message.json", message);
        files(attachments.ofMessages(List.of(id)), folder, export);
      }
    }
  }

  private void write(long id, PersonExport export, OutputStream out) throws IOException {
    out.write(bytes("{\"conversation\": "));
    export.write(found.conversation(id), out);
    out.write(bytes(", \"drafts\": "));
    export.write(found.drafts(id), out);
    out.write(bytes(", \"messages\": ["));
    Cursor cursor = null;
    String between = "";
    List<Message> page;
    do {
      // one more is read than asked for, to tell whether there is a next page
      page = messages.list(id, false, MESSAGES, cursor).stream().limit(MESSAGES).toList();
      for (Message message : page) {
        out.write(bytes(between));
        export.write(message, out);
        between = ",\n";
        cursor = Cursor.of(message.receivedAt(), message.id());
      }
    } while (page.size() == MESSAGES);
    out.write(bytes("]}\n"));
  }

  private void files(List<AttachmentStore.AttachmentRow> rows, String folder, PersonExport export)
      throws IOException {
    for (AttachmentStore.AttachmentRow row : rows) {
      String name = row.id() + "-" + AttachmentArchive.safe(row.name());
      export.file(
          folder + "files/" + name,
          out -> {
            try (InputStream content = files.open(row.file())) {
              content.transferTo(out);
            }
          });
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void erase(Person person) {
    while (Boolean.TRUE.equals(transaction.execute(status -> removeSome(person)))) {
      // the next ones, in a transaction of their own
    }
    inPieces(look(found::writtenElsewhere, person), person, eraser::blank);
    inPieces(look(found::namedElsewhere, person), person, eraser::unname);
    transaction.executeWithoutResult(status -> eraser.forgetTyped(person));
  }

  private boolean removeSome(Person person) {
    List<Long> conversations = found.lock(person, CONVERSATIONS);
    if (conversations.isEmpty()) {
      return false;
    }
    eraser.remove(person, conversations, found.messages(conversations));
    return true;
  }

  private void inPieces(
      List<Long> messageIds, Person person, BiConsumer<Person, List<Long>> erase) {
    for (int from = 0; from < messageIds.size(); from += MESSAGES) {
      List<Long> piece = messageIds.subList(from, Math.min(from + MESSAGES, messageIds.size()));
      transaction.executeWithoutResult(status -> erase.accept(person, piece));
    }
  }

  private List<Long> look(Function<Person, List<Long>> question, Person person) {
    return Objects.requireNonNull(transaction.execute(status -> question.apply(person)));
  }
}
