package dev.shopbell.channels.email;

import dev.shopbell.platform.files.FileStore;
import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Problem;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "Mail")
class MailApi {
  private final Mailboxes mailboxes;
  private final StoredMails mails;
  private final FileStore files;

  MailApi(Mailboxes mailboxes, StoredMails mails, FileStore files) {
    this.mailboxes = mailboxes;
    this.mails = mails;
    this.files = files;
  }

  record NewMailbox(long brandId, String address) {}

  @GetMapping("/mailboxes")
  @Allow(Permission.CONVERSATIONS_READ)
  Page<Mailboxes.Mailbox> listMailboxes(Caller caller) {
    return Page.whole(
        mailboxes.all().stream()
            .filter(mailbox -> caller.sight().sees(mailbox.brandId()))
            .toList());
  }

  @PostMapping("/mailboxes")
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.MAIL_MANAGE)
  Mailboxes.Mailbox addMailbox(@RequestBody NewMailbox mailbox, Caller caller) {
    caller.sight().require(mailbox.brandId());
    return mailboxes.add(
        caller.actor(), mailbox.brandId(), mailbox.address() == null ? "" : mailbox.address());
  }

  @DeleteMapping("/mailboxes/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.MAIL_MANAGE)
  void removeMailbox(@PathVariable long id, Caller caller) {
    mailboxes.remove(caller.actor(), id);
  }

  /** The mail as it arrived, as a download: nothing in it is to run. */
  @GetMapping("/messages/{id}/original")
  @Allow(Permission.CONVERSATIONS_READ)
  ResponseEntity<Resource> readOriginal(@PathVariable long id) throws IOException {
    StoredMail mail =
        mails
            .ofMessage(id)
            .orElseThrow(() -> Problem.notFound("The message " + id + " has no original."));
    byte[] raw = mail.raw();
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .contentLength(mail.size())
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"message-" + id + ".eml\"")
        .header("Content-Security-Policy", "default-src 'none'; sandbox")
        .body(
            raw != null
                ? new ByteArrayResource(raw)
                : new InputStreamResource(
                    files.open(java.util.Objects.requireNonNull(mail.file()))));
  }
}
