package dev.shopbell.channels.email;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.angus.mail.iap.BadCommandException;
import org.eclipse.angus.mail.iap.CommandFailedException;
import org.eclipse.angus.mail.iap.ConnectionException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.BODY;
import org.eclipse.angus.mail.imap.protocol.FLAGS;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.imap.protocol.INTERNALDATE;
import org.eclipse.angus.mail.imap.protocol.MailboxInfo;
import org.eclipse.angus.mail.imap.protocol.RFC822SIZE;
import org.eclipse.angus.mail.imap.protocol.Status;
import org.eclipse.angus.mail.imap.protocol.UID;
import org.eclipse.angus.mail.util.MailLogger;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a mail account. Folders are opened to be read only and bodies are peeked at, so
 * that nothing in the account is changed, not even what counts as read. For one thread; {@link
 * #close} alone may be called by another, and ends what is under way.
 */
final class ImapConnection implements AutoCloseable {
  /** How long a server may say nothing. So often a connection that waits for mail is tried. */
  static final int PATIENCE_MILLIS = 60_000;

  private static final int CONNECT_MILLIS = 15_000;
  private static final int CHUNK = 512 * 1024;
  private static final int INFOS_PER_COMMAND = 500;
  private static final DateTimeFormatter SEARCH_DATE =
      DateTimeFormatter.ofPattern("d-MMM-yyyy", Locale.ENGLISH);
  private static final MailLogger QUIET =
      new MailLogger(ImapConnection.class, "imap", false, System.out);

  private final IMAPProtocol protocol;
  private @Nullable String selected;
  private boolean news;

  private ImapConnection(IMAPProtocol protocol) {
    this.protocol = protocol;
  }

  /** How to prove who we are. */
  sealed interface Proof {
    record Password(String password) implements Proof {}

    record AccessToken(String token) implements Proof {}
  }

  /** A folder as the server lists it. Its attributes are in lower case: {@code \sent}. */
  record Listed(String name, List<String> attributes) {}

  /**
   * @param nextUid what the next mail will get, at least; 0 where the server does not say
   */
  record Opened(long uidValidity, long nextUid) {}

  /** What a server says of a mail without its content. Size in bytes. */
  record Info(long uid, long size, @Nullable Instant receivedAt, boolean answered) {}

  /** Connected and signed in. Broken off where nothing is said for that long. */
  static ImapConnection open(
      MailServer server, String user, Proof proof, InternalHosts hosts, int silenceMillis)
      throws IOException, ProtocolException, ConnectionTrouble.LoginRefused {
    IMAPProtocol protocol =
        new IMAPProtocol(
            "imap",
            server.host(),
            server.port(),
            hosts.properties("imap", server, CONNECT_MILLIS, silenceMillis),
            server.security() == MailServer.Security.tls,
            QUIET);
    try {
      if (server.security() == MailServer.Security.starttls) {
        protocol.startTLS();
        protocol.capability();
      }
      signIn(protocol, user, proof);
      protocol.capability();
      return new ImapConnection(protocol);
    } catch (ProtocolException | ConnectionTrouble.LoginRefused | RuntimeException e) {
      protocol.disconnect();
      throw e;
    }
  }

  private static void signIn(IMAPProtocol protocol, String user, Proof proof)
      throws ProtocolException, ConnectionTrouble.LoginRefused {
    try {
      switch (proof) {
        case Proof.Password(String password) -> {
          if (protocol.hasCapability("LOGINDISABLED") && protocol.hasCapability("AUTH=PLAIN")) {
            protocol.authplain(null, user, password);
          } else {
            protocol.login(user, password);
          }
        }
        case Proof.AccessToken(String token) -> protocol.authoauth2(user, token);
      }
    } catch (CommandFailedException | BadCommandException e) {
      throw new ConnectionTrouble.LoginRefused(e);
    }
  }

  List<Listed> folders() throws ProtocolException {
    return Arrays.stream(
            Objects.requireNonNullElse(
                protocol.list("", "*"), new org.eclipse.angus.mail.imap.protocol.ListInfo[0]))
        .filter(folder -> folder.canOpen)
        .map(folder ->
            new Listed(
                folder.name,
                Arrays.stream(folder.attrs)
                    .map(attribute -> attribute.toLowerCase(Locale.ROOT))
                    .toList()))
        .toList();
  }

  boolean offersIdle() {
    return protocol.hasCapability("IDLE");
  }

  /** Opens the folder anew, also where it is the open one. */
  Opened examine(String folder) throws ProtocolException {
    selected = null;
    MailboxInfo info = protocol.examine(folder);
    selected = folder;
    return new Opened(info.uidvalidity, Math.max(info.uidnext, 0));
  }

  boolean hasOpen(String folder) {
    return folder.equals(selected);
  }

  /** What a folder that is not open says of itself. */
  Opened status(String folder) throws ProtocolException {
    Status status = protocol.status(folder, new String[] {"UIDVALIDITY", "UIDNEXT"});
    return new Opened(status.uidvalidity, Math.max(status.uidnext, 0));
  }

  /** What is in the open folder from that UID on, ascending. */
  List<Info> from(long uid) throws ProtocolException {
    news = false;
    return infos(uid + ":*").stream().filter(info -> info.uid() >= uid).toList();
  }

  /** What came into the open folder since that day, or ever, ascending. */
  List<Info> since(@Nullable LocalDate day) throws ProtocolException {
    List<Long> uids = new ArrayList<>();
    String condition = day == null ? "ALL" : "SINCE " + SEARCH_DATE.format(day);
    for (Response response : command("UID SEARCH " + condition)) {
      if (response instanceof IMAPResponse search && search.keyEquals("SEARCH")) {
        for (long uid = search.readLong(); uid > 0; uid = search.readLong()) {
          uids.add(uid);
        }
      }
    }
    List<Info> infos = new ArrayList<>();
    for (int i = 0; i < uids.size(); i += INFOS_PER_COMMAND) {
      List<Long> some = uids.subList(i, Math.min(uids.size(), i + INFOS_PER_COMMAND));
      infos.addAll(infos(joined(some)));
    }
    return infos;
  }

  private List<Info> infos(String uids) throws ProtocolException {
    Map<Long, Info> found = new HashMap<>();
    for (FetchResponse fetched : fetch(uids, "(UID RFC822.SIZE INTERNALDATE FLAGS)")) {
      UID uid = fetched.getItem(UID.class);
      RFC822SIZE size = fetched.getItem(RFC822SIZE.class);
      INTERNALDATE date = fetched.getItem(INTERNALDATE.class);
      FLAGS flags = fetched.getItem(FLAGS.class);
      if (uid != null && size != null) {
        found.put(
            uid.uid,
            new Info(
                uid.uid,
                size.size,
                date == null
                    ? null
                    : Optional.ofNullable(date.getDate())
                        .map(java.util.Date::toInstant)
                        .orElse(null),
                flags != null && flags.contains(jakarta.mail.Flags.Flag.ANSWERED)));
      }
    }
    return found.values().stream().sorted(java.util.Comparator.comparing(Info::uid)).toList();
  }

  /** The mails of the open folder by their UIDs; those that are gone are missing. */
  Map<Long, byte[]> mails(List<Long> uids) throws ProtocolException {
    Map<Long, byte[]> mails = new HashMap<>();
    for (FetchResponse fetched : fetch(joined(uids), "(UID BODY.PEEK[])")) {
      UID uid = fetched.getItem(UID.class);
      BODY body = fetched.getItem(BODY.class);
      if (uid != null && body != null && body.getByteArray() != null) {
        mails.put(uid.uid, body.getByteArray().getNewBytes());
      }
    }
    return mails;
  }

  /** A large mail, fetched piece by piece while it is read. */
  InputStream mail(long uid) {
    return new SequenceInputStream(
        new Enumeration<>() {
          private long offset;
          private byte @Nullable [] next;

          @Override
          public boolean hasMoreElements() {
            if (next == null) {
              next = piece(uid, offset);
              offset += next.length;
            }
            return next.length > 0;
          }

          @Override
          public InputStream nextElement() {
            if (!hasMoreElements()) {
              throw new NoSuchElementException();
            }
            byte[] current = Objects.requireNonNull(next);
            next = null;
            return new java.io.ByteArrayInputStream(current);
          }
        });
  }

  private byte[] piece(long uid, long offset) {
    try {
      for (FetchResponse fetched :
          fetch(Long.toString(uid), "(UID BODY.PEEK[]<" + offset + "." + CHUNK + ">)")) {
        UID which = fetched.getItem(UID.class);
        BODY body = fetched.getItem(BODY.class);
        if (which != null && which.uid == uid && body != null && body.getByteArray() != null) {
          return body.getByteArray().getNewBytes();
        }
      }
      return new byte[0];
    } catch (ProtocolException e) {
      throw new PieceMissing(e);
    }
  }

  /** An enumeration can tell of a failure in no other way. */
  static final class PieceMissing extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final ProtocolException reason;

    PieceMissing(ProtocolException reason) {
      super(reason);
      this.reason = reason;
    }

    ProtocolException reason() {
      return reason;
    }
  }

  /** Whether the server spoke of new mail in the open folder since {@link #from}. */
  boolean hasNews() {
    return news;
  }

  /**
   * Returns when there is news in the open folder, or after a minute of silence. Only where {@link
   * #offersIdle}.
   */
  void idle() throws IOException, ProtocolException {
    protocol.idleStart();
    boolean ending = false;
    boolean more = true;
    while (more) {
      try {
        Response response = protocol.readResponse();
        noteNews(response);
        more = protocol.processIdleResponse(response);
        if (more && news && !ending) {
          ending = true;
          protocol.idleAbort();
        }
      } catch (InterruptedIOException e) {
        if (ending || e.bytesTransferred > 0) {
          throw e;
        }
        ending = true;
        protocol.idleAbort();
      }
    }
  }

  void noop() throws ProtocolException {
    command("NOOP");
  }

  @Override
  public void close() {
    protocol.disconnect();
  }

  private List<FetchResponse> fetch(String uids, String items) throws ProtocolException {
    return Arrays.stream(command("UID FETCH " + uids + " " + items))
        .filter(FetchResponse.class::isInstance)
        .map(FetchResponse.class::cast)
        .toList();
  }

  private Response[] command(String command) throws ProtocolException {
    Response[] responses = protocol.command(command, null);
    for (Response response : responses) {
      noteNews(response);
    }
    Response last = responses[responses.length - 1];
    if (last.isBYE()) {
      Exception reason = last.getException();
      throw reason == null
          ? new ConnectionException(protocol, last)
          : new ConnectionException(reason.toString());
    }
    protocol.handleResult(last);
    return responses;
  }

  private void noteNews(Response response) {
    if (response instanceof IMAPResponse imap
        && response.isUnTagged()
        && (imap.keyEquals("EXISTS") || imap.keyEquals("RECENT"))) {
      news = true;
    }
  }

  private static String joined(List<Long> uids) {
    return uids.stream().map(Object::toString).collect(Collectors.joining(","));
  }

  static LocalDate dayBefore(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC).minusDays(1);
  }
}
