package dev.shopbell.channels.email;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mail account that behaves as badly as a test wants it to. */
final class ScriptedImap implements AutoCloseable {
  private static final DateTimeFormatter INTERNAL =
      DateTimeFormatter.ofPattern("dd-MMM-yyyy HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d-MMM-yyyy", Locale.ENGLISH);
  private static final Pattern PARTIAL = Pattern.compile("BODY\\.PEEK\\[]<(\\d+)\\.(\\d+)>");

  private final ServerSocket server;
  private final Map<String, Folder> folders = new LinkedHashMap<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = new CopyOnWriteArraySet<>();
  private volatile String loginAnswer = "OK signed in";
  private volatile String token = "";
  private volatile boolean idle = true;
  private volatile int breakAfter = -1;

  private record Item(long uid, byte[] raw, Instant at, boolean answered) {}

  private static final class Folder {
    final String attributes;
    long validity = 1;
    long next = 1;
    final List<Item> items = new CopyOnWriteArrayList<>();

    Folder(String attributes) {
      this.attributes = attributes;
    }
  }

  ScriptedImap() {
    try {
      server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    folder("INBOX", "");
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return server.getLocalPort();
  }

  ScriptedImap folder(String name, String attributes) {
    folders.put(name, new Folder(attributes));
    return this;
  }

  synchronized void put(String folder, String raw, Instant at, boolean answered) {
    Folder one = folders.get(folder);
    one.items.add(new Item(one.next++, raw.getBytes(StandardCharsets.UTF_8), at, answered));
  }

  /** As after a restore: the same mails, but every UID means another. */
  synchronized void renumber(String folder) {
    Folder one = folders.get(folder);
    one.validity++;
    one.next = 1000;
    List<Item> same = new ArrayList<>(one.items);
    one.items.clear();
    same.reversed()
        .forEach(
            item -> one.items.add(new Item(one.next++, item.raw(), item.at(), item.answered())));
    drop();
  }

  /** Every connection ends now. */
  void drop() {
    open.forEach(socket -> {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  /** After so many more mails the connection breaks off in the middle of one; once. */
  void breakAfter(int mails) {
    breakAfter = mails;
  }

  void answersLogins(String answer) {
    loginAnswer = answer;
  }

  void acceptsToken(String accepted) {
    token = accepted;
  }

  void offersNoIdle() {
    idle = false;
  }

  /** What was said to the server, without what identifies a command. */
  List<String> commands() {
    return commands;
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> talk(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void talk(Socket socket) {
    open.add(socket);
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      say(out, "* OK scripted");
      Folder[] selected = new Folder[1];
      for (String line = line(in); line != null; line = line(in)) {
        if (!line.contains(" ")) {
          return; // half a command, of one who has gone
        }
        String tag = line.substring(0, line.indexOf(' '));
        String command = line.substring(tag.length() + 1);
        commands.add(command.startsWith("LOGIN") ? "LOGIN" : command);
        if (!answer(socket, in, out, tag, command, selected)) {
          return;
        }
      }
    } catch (IOException e) {
      // The other side has gone, or we have.
    } finally {
      open.remove(socket);
    }
  }

  private boolean answer(
      Socket socket,
      InputStream in,
      OutputStream out,
      String tag,
      String command,
      Folder[] selected)
      throws IOException {
    String upper = command.toUpperCase(Locale.ROOT);
    if (upper.startsWith("CAPABILITY")) {
      say(out, "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2" + (idle ? " IDLE" : ""));
      say(out, tag + " OK");
    } else if (upper.startsWith("LOGIN")) {
      say(out, tag + " " + loginAnswer);
    } else if (upper.startsWith("AUTHENTICATE XOAUTH2")) {
      String proof = command.substring("AUTHENTICATE XOAUTH2".length()).strip();
      if (proof.isEmpty()) {
        say(out, "+ ");
        proof = line(in);
      }
      String said = new String(Base64.getDecoder().decode(proof), StandardCharsets.UTF_8);
      if (said.contains("auth=Bearer " + token + "\1")) {
        say(out, tag + " OK");
      } else {
        say(out, "+ eyJzdGF0dXMiOiI0MDAifQ==");
        line(in);
        say(out, tag + " NO [AUTHENTICATIONFAILED] Invalid credentials");
      }
    } else if (upper.startsWith("LIST")) {
      folders.forEach((name, folder) -> {
        try {
          say(out, "* LIST (" + folder.attributes + ") \"/\" \"" + name + "\"");
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
      say(out, tag + " OK");
    } else if (upper.startsWith("EXAMINE") || upper.startsWith("SELECT")) {
      Folder folder = folders.get(argument(command));
      selected[0] = folder;
      say(out, "* " + folder.items.size() + " EXISTS");
      say(out, "* OK [UIDVALIDITY " + folder.validity + "]");
      say(out, "* OK [UIDNEXT " + folder.next + "]");
      say(out, tag + " OK [READ-ONLY]");
    } else if (upper.startsWith("STATUS")) {
      String name = argument(command);
      Folder folder = folders.get(name);
      say(
          out,
          "* STATUS \"%s\" (UIDVALIDITY %d UIDNEXT %d)"
              .formatted(name, folder.validity, folder.next));
      say(out, tag + " OK");
    } else if (upper.startsWith("UID SEARCH")) {
      LocalDate since =
          upper.contains("SINCE")
              ? LocalDate.parse(command.substring(command.lastIndexOf(' ') + 1), DAY)
              : LocalDate.MIN;
      StringBuilder found = new StringBuilder("* SEARCH");
      selected[0].items.stream()
          .filter(item -> !LocalDate.ofInstant(item.at(), ZoneOffset.UTC).isBefore(since))
          .forEach(item -> found.append(' ').append(item.uid()));
      say(out, found.toString());
      say(out, tag + " OK");
    } else if (upper.startsWith("UID FETCH")) {
      if (!fetch(socket, out, command, selected[0])) {
        return false;
      }
      say(out, tag + " OK");
    } else if (upper.startsWith("IDLE")) {
      say(out, "+ idling");
      int known = selected[0].items.size();
      socket.setSoTimeout(20);
      String done = null;
      while (done == null) {
        try {
          in.mark(1);
          if (in.read() < 0) {
            return false;
          }
          in.reset();
          done = line(in);
        } catch (java.net.SocketTimeoutException e) {
          if (selected[0].items.size() != known) {
            known = selected[0].items.size();
            say(out, "* " + known + " EXISTS");
          }
        }
      }
      socket.setSoTimeout(0);
      say(out, tag + " OK");
    } else if (upper.startsWith("LOGOUT")) {
      say(out, "* BYE");
      say(out, tag + " OK");
      return false;
    } else {
      say(out, tag + " OK");
    }
    return true;
  }

  private boolean fetch(Socket socket, OutputStream out, String command, Folder folder)
      throws IOException {
    String[] words = command.split(" ", 4);
    int number = 0;
    for (Item item : folder.items) {
      number++;
      if (!asks(words[2], item, folder)) {
        continue;
      }
      String line = "* " + number + " FETCH (UID " + item.uid();
      if (!words[3].contains("BODY")) {
        say(
            out,
            line
                + " RFC822.SIZE "
                + item.raw().length
                + " INTERNALDATE \""
                + INTERNAL.format(item.at())
                + "\" FLAGS ("
                + (item.answered() ? "\\Answered" : "")
                + "))");
        continue;
      }
      int from = 0;
      int to = item.raw().length;
      Matcher partial = PARTIAL.matcher(words[3]);
      String section = "BODY[]";
      if (partial.find()) {
        from = Math.min(Integer.parseInt(partial.group(1)), to);
        to = Math.min(from + Integer.parseInt(partial.group(2)), to);
        section = "BODY[]<" + partial.group(1) + ">";
      }
      out.write(
          (line + " " + section + " {" + (to - from) + "}\r\n").getBytes(StandardCharsets.UTF_8));
      if (breakAfter == 0) {
        breakAfter = -1;
        out.write(item.raw(), from, (to - from) / 2);
        out.flush();
        socket.close();
        return false;
      }
      if (breakAfter > 0) {
        breakAfter--;
      }
      out.write(item.raw(), from, to - from);
      say(out, ")");
    }
    return true;
  }

  private static boolean asks(String set, Item item, Folder folder) {
    for (String part : set.split(",")) {
      String[] ends = part.split(":");
      long low = Long.parseLong(ends[0]);
      long high =
          ends.length == 1
              ? low
              : ends[1].equals("*") ? Math.max(low, folder.next - 1) : Long.parseLong(ends[1]);
      if (item.uid() >= low && item.uid() <= high) {
        return true;
      }
    }
    return false;
  }

  private static String argument(String command) {
    Matcher quoted = Pattern.compile("\"([^\"]*)\"").matcher(command);
    return quoted.find() ? quoted.group(1) : command.split(" ")[1];
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        return line.toString().stripTrailing();
      }
      line.append((char) c);
    }
    return null;
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    try {
      server.close();
      drop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
