package dev.shopbell.channels.email;

import dev.shopbell.conversations.Authentication;
import dev.shopbell.platform.Settings;
import dev.shopbell.platform.files.FileStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Brings the folders of an account up to date: new mail at once, earlier mail by and by. */
@Component
class ImapSync {
  private static final int MOST_PER_BATCH = 50;
  private static final long MOST_BYTES_PER_BATCH = 4 * 1024 * 1024;

  /** So many imported mails may wait to be taken in; until then no more are fetched. */
  private static final int MOST_WAITING = 200;

  /** Mail that is moved into a followed folder counts as new unless it is older than that. */
  private static final Duration MOVED = Duration.ofDays(1);

  private static final Set<String> SENT_NAMES =
      Set.of(
          "sent",
          "sent items",
          "sent mail",
          "sent messages",
          "gesendet",
          "gesendete objekte",
          "gesendete elemente",
          "envoyés",
          "éléments envoyés",
          "enviados",
          "elementos enviados",
          "inviata",
          "posta inviata",
          "verzonden",
          "verzonden items",
          "wysłane",
          "elementy wysłane");
  private static final Set<String> JUNK_NAMES =
      Set.of("junk", "spam", "junk e-mail", "junk email", "bulk mail", "spamverdacht");
  private static final Set<String> NEVER =
      Set.of("\\all", "\\drafts", "\\trash", "\\flagged", "\\important", "\\noselect");

  private final ImapFolders folders;
  private final StoredMails mails;
  private final FileStore files;
  private final Settings settings;
  private final Clock clock;

  ImapSync(
      ImapFolders folders, StoredMails mails, FileStore files, Settings settings, Clock clock) {
    this.settings = settings;
    this.folders = folders;
    this.mails = mails;
    this.files = files;
    this.clock = clock;
  }

  /** What a reader remembers from one connection to the next of mail that broke it. */
  static final class Caution {
    private record Key(long folderId, long uid) {}

    private static final int ATTEMPTS = 3;
    private static final int CAREFUL_FOR = 20;
    private final Map<Key, Integer> attempts = new HashMap<>();
    private int careful;

    /** From now on one mail at a time, for a while: so the one that breaks it is found. */
    void begin() {
      careful = CAREFUL_FOR;
    }

    private boolean isCareful() {
      return careful > 0;
    }
  }

  /** An account while a connection to it is open. */
  record Visit(
      MailAccount account,
      ImapConnection connection,
      Map<Long, ImapFolders.Folder> folders,
      Caution caution) {}

  /** A folder that can be followed. */
  record Choice(String name, FolderRole role) {}

  Visit begin(MailAccount account, ImapConnection connection, Caution caution)
      throws ProtocolException {
    Map<String, FolderRole> roles = new LinkedHashMap<>();
    for (Choice choice : choices(connection)) {
      boolean wanted =
          switch (choice.role()) {
            case inbox -> true;
            case junk -> account.junk();
            case other -> account.folders().contains(choice.name());
            case sent -> account.importDays() > 0;
          };
      if (wanted) {
        roles.put(choice.name(), choice.role());
      }
    }
    Map<Long, ImapFolders.Folder> followed = new LinkedHashMap<>();
    folders.follow(account.id(), roles).forEach(folder -> followed.put(folder.id(), folder));
    return new Visit(account, connection, followed, caution);
  }

  /** What an owner may choose from: no copies of other folders, drafts or what was thrown away. */
  static List<Choice> choices(ImapConnection connection) throws ProtocolException {
    List<Choice> choices = new ArrayList<>();
    boolean hasSent = false;
    boolean hasJunk = false;
    List<ImapConnection.Listed> all = connection.folders();
    boolean marksSent = all.stream().anyMatch(one -> one.attributes().contains("\\sent"));
    boolean marksJunk = all.stream().anyMatch(one -> one.attributes().contains("\\junk"));
    for (ImapConnection.Listed one : all) {
      String last =
          one.name()
              .substring(Math.max(one.name().lastIndexOf('/'), one.name().lastIndexOf('.')) + 1)
              .toLowerCase(Locale.ROOT);
      if (one.name().equalsIgnoreCase("INBOX")) {
        choices.add(new Choice("INBOX", FolderRole.inbox));
      } else if (!hasSent
          && (marksSent ? one.attributes().contains("\\sent") : SENT_NAMES.contains(last))) {
        choices.add(new Choice(one.name(), FolderRole.sent));
        hasSent = true;
      } else if (!hasJunk
          && (marksJunk ? one.attributes().contains("\\junk") : JUNK_NAMES.contains(last))) {
        choices.add(new Choice(one.name(), FolderRole.junk));
        hasJunk = true;
      } else if (one.attributes().stream().noneMatch(NEVER::contains)) {
        choices.add(new Choice(one.name(), FolderRole.other));
      }
    }
    return choices;
  }

  /** Stores what is new in each folder; ends in the inbox, which is then open. */
  void takeNew(Visit visit) throws IOException, ProtocolException {
    for (ImapFolders.Folder folder : List.copyOf(visit.folders().values())) {
      takeNew(visit, folder);
    }
  }

  private void takeNew(Visit visit, ImapFolders.Folder folder)
      throws IOException, ProtocolException {
    ImapConnection connection = visit.connection();
    ImapFolders.Folder current = folder;
    boolean begun = folder.uidValidity() != null;
    if (folder.role() == FolderRole.sent && begun) {
      return;
    }
    if (!connection.hasOpen(folder.name())) {
      if (begun && folder.role() != FolderRole.inbox) {
        ImapConnection.Opened now = connection.status(folder.name());
        if (Objects.equals(folder.uidValidity(), now.uidValidity())
            && now.nextUid() > 0
            && now.nextUid() - 1 <= folder.lastUid()) {
          return;
        }
      }
      current = open(visit, folder);
    }
    if (current.role() == FolderRole.sent) {
      return;
    }
    for (List<ImapConnection.Info> batch : batches(visit, connection.from(current.lastUid() + 1))) {
      Fetched fetched = fetch(visit, current, batch, false);
      current =
          folders.storeNew(
              current,
              List.copyOf(fetched.mails().values()),
              batch.getLast().uid(),
              fetched.left());
      visit.folders().put(current.id(), current);
    }
  }

  /** Opens the folder; where its UIDs mean something else than before, it begins anew. */
  private ImapFolders.Folder open(Visit visit, ImapFolders.Folder folder) throws ProtocolException {
    ImapConnection connection = visit.connection();
    ImapConnection.Opened opened = connection.examine(folder.name());
    if (Objects.equals(folder.uidValidity(), opened.uidValidity())) {
      return folder;
    }
    Instant since = visit.account().importSince();
    List<ImapConnection.Info> all =
        connection.since(opened.nextUid() == 0 ? null : ImapConnection.dayBefore(since));
    long last =
        opened.nextUid() > 0
            ? opened.nextUid() - 1
            : all.stream().mapToLong(ImapConnection.Info::uid).max().orElse(0);
    List<ImapFolders.Earlier> earlier =
        all.stream()
            .filter(info -> info.uid() <= last)
            .map(info ->
                new ImapFolders.Earlier(
                    folder.id(), info.uid(), receivedAt(info), info.size(), info.answered()))
            .filter(one -> !one.receivedAt().isBefore(since))
            .toList();
    ImapFolders.Folder begun = folders.begin(folder, opened.uidValidity(), last, earlier);
    visit.folders().put(begun.id(), begun);
    return begun;
  }

  private List<List<ImapConnection.Info>> batches(Visit visit, List<ImapConnection.Info> infos) {
    List<List<ImapConnection.Info>> batches = new ArrayList<>();
    int most = visit.caution().isCareful() ? 1 : MOST_PER_BATCH;
    long bytes = 0;
    for (ImapConnection.Info info : infos) {
      bytes += info.size();
      if (batches.isEmpty() || batches.getLast().size() >= most || bytes > MOST_BYTES_PER_BATCH) {
        batches.add(new ArrayList<>());
        bytes = info.size();
      }
      batches.getLast().add(info);
    }
    return batches;
  }

  /** Whether there is more of the earlier mail, now or when some of it has been taken in. */
  enum More {
    none,
    now,
    later
  }

  /** Stores a batch of earlier mail, the oldest. */
  More takeEarlier(Visit visit) throws IOException, ProtocolException {
    List<ImapFolders.Earlier> next =
        folders.nextEarlier(visit.account().id(), visit.caution().isCareful() ? 1 : MOST_PER_BATCH);
    if (next.isEmpty()) {
      return More.none;
    }
    if (mails.waitingImports(MOST_WAITING)) {
      return More.later;
    }
    List<ImapFolders.Earlier> batch = new ArrayList<>();
    Map<Long, List<ImapConnection.Info>> byFolder = new LinkedHashMap<>();
    long bytes = 0;
    for (ImapFolders.Earlier one : next) {
      bytes += one.size();
      if (batch.isEmpty() || bytes <= MOST_BYTES_PER_BATCH) {
        batch.add(one);
        byFolder
            .computeIfAbsent(one.folderId(), any -> new ArrayList<>())
            .add(new ImapConnection.Info(one.uid(), one.size(), one.receivedAt(), one.answered()));
      }
    }
    Map<Long, Map<Long, StoredMail>> fetched = new HashMap<>();
    int left = 0;
    for (Map.Entry<Long, List<ImapConnection.Info>> part : byFolder.entrySet()) {
      ImapFolders.Folder folder = Objects.requireNonNull(visit.folders().get(part.getKey()));
      ImapFolders.Folder current =
          visit.connection().hasOpen(folder.name()) ? folder : open(visit, folder);
      if (!Objects.equals(current.uidValidity(), folder.uidValidity())) {
        return More.now;
      }
      Fetched some = fetch(visit, current, part.getValue(), true);
      fetched.put(folder.id(), some.mails());
      left += some.left();
    }
    List<StoredMail> inOrder =
        batch.stream()
            .map(one -> fetched.getOrDefault(one.folderId(), Map.of()).get(one.uid()))
            .filter(Objects::nonNull)
            .toList();
    folders.storeEarlier(visit.account().id(), batch, inOrder, left);
    return More.now;
  }

  /**
   * @param left how many stay on the server; what is gone from it counts for nothing
   */
  private record Fetched(Map<Long, StoredMail> mails, int left) {}

  private Fetched fetch(
      Visit visit, ImapFolders.Folder folder, List<ImapConnection.Info> infos, boolean earlier)
      throws IOException, ProtocolException {
    Map<Long, StoredMail> stored = new LinkedHashMap<>();
    Caution caution = visit.caution();
    List<ImapConnection.Info> small = new ArrayList<>();
    int left = 0;
    for (ImapConnection.Info info : infos) {
      Caution.Key key = new Caution.Key(folder.id(), info.uid());
      if (info.size() > SmtpReceiver.MOST_BYTES
          || caution.attempts.getOrDefault(key, 0) >= Caution.ATTEMPTS) {
        left++;
        caution.attempts.remove(key);
      } else {
        if (caution.isCareful()) {
          caution.attempts.merge(key, 1, Integer::sum);
        }
        if (info.size() <= SmtpReceiver.SMALL) {
          small.add(info);
        } else {
          FileStore.StoredFile file = large(visit.connection(), info.uid());
          if (file.size() > 0) {
            stored.put(
                info.uid(), mail(visit, folder, info, earlier, file.size(), null, file.hash()));
          }
        }
      }
    }
    if (!small.isEmpty()) {
      Map<Long, byte[]> bytes =
          visit.connection().mails(small.stream().map(ImapConnection.Info::uid).toList());
      for (ImapConnection.Info info : small) {
        byte[] raw = bytes.get(info.uid());
        if (raw != null) {
          stored.put(info.uid(), mail(visit, folder, info, earlier, raw.length, raw, null));
        }
      }
    }
    if (caution.isCareful()) {
      caution.careful--;
      infos.forEach(info -> caution.attempts.remove(new Caution.Key(folder.id(), info.uid())));
    }
    return new Fetched(stored, left);
  }

  private FileStore.StoredFile large(ImapConnection connection, long uid)
      throws IOException, ProtocolException {
    try (InputStream mail = connection.mail(uid)) {
      return files.store(mail);
    } catch (ImapConnection.PieceMissing e) {
      throw e.reason();
    }
  }

  private StoredMail mail(
      Visit visit,
      ImapFolders.Folder folder,
      ImapConnection.Info info,
      boolean earlier,
      long size,
      byte @Nullable [] raw,
      @Nullable String file)
      throws IOException {
    MailAccount account = visit.account();
    Instant received = receivedAt(info);
    Instant connected = account.connectedAt();
    boolean imported = received.isBefore(earlier ? connected : connected.minus(MOVED));
    return new StoredMail(
        0,
        account.brandId(),
        received,
        null,
        List.of(account.address()),
        null,
        size,
        raw,
        file,
        0,
        null,
        authentication(account, raw, file),
        new StoredMail.Fetched(folder.role(), imported, info.answered()));
  }

  /** As the account's own server, or one that the operator trusts, has judged the sender. */
  private @Nullable Authentication authentication(
      MailAccount account, byte @Nullable [] raw, @Nullable String file) throws IOException {
    MailProvider provider = MailProvider.ofServer(account.imap());
    Set<String> trusted = new HashSet<>(settings.mailTrustedAuthserv());
    trusted.addAll(provider == null ? Set.of() : provider.authenticationServers());
    if (trusted.isEmpty()) {
      return null;
    }
    byte[] head = raw;
    if (head == null) {
      try (InputStream mail = files.open(Objects.requireNonNull(file))) {
        head = mail.readNBytes(SmtpReceiver.SMALL);
      }
    }
    return SenderCheck.ofUpstream(head, trusted).orElse(null);
  }

  private Instant receivedAt(ImapConnection.Info info) {
    Instant now = clock.instant();
    Instant at = info.receivedAt();
    return at == null || at.isAfter(now) ? now : at;
  }
}
