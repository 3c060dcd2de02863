package dev.shopbell.channels.email;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which lines of a mail repeat messages that were sent before. Words are compared, in runs of five,
 * so that new line breaks, quote signs, entities and spaces make no difference; in scripts without
 * spaces each character counts as a word.
 */
final class ThreadMatch {
  private static final int RUN = 5;
  private static final int MOST_MESSAGES = 12;
  private static final int LONGEST_MESSAGE = 20_000;
  private static final int LONGEST_MAIL = 300_000;

  /** Fewer repeated words than this prove nothing: people use the same phrases. */
  private static final int FEWEST = 12;

  private static final int LONG_PASSAGE = 25;
  private static final double MOST_OF_A_LINE = 0.9;

  /** For each line the number of the message it repeats, from 1, or 0. */
  private final int[] repeated;

  private final boolean[] touched;

  /** How many lines before each repeat a message. */
  private final int[] before;

  private ThreadMatch(int lines) {
    repeated = new int[lines];
    touched = new boolean[lines];
    before = new int[lines + 1];
  }

  static ThreadMatch of(List<String> lines, List<String> thread) {
    ThreadMatch match = new ThreadMatch(lines.size());
    if (!thread.isEmpty()) {
      Words mail = new Words();
      for (int i = 0; i < lines.size() && mail.read < LONGEST_MAIL; i++) {
        mail.add(lines.get(i), i);
      }
      for (int i = 0; i < Math.min(MOST_MESSAGES, thread.size()); i++) {
        match.mark(mail, thread.get(i), i + 1);
      }
      for (int i = 0; i < lines.size(); i++) {
        match.before[i + 1] = match.before[i] + (match.repeats(i) ? 1 : 0);
      }
    }
    return match;
  }

  /** Whether the line repeats a message, in a passage long enough to be no chance. */
  boolean repeats(int line) {
    return repeated[line] > 0;
  }

  /** Whether two lines repeat one message. */
  boolean repeatSame(int one, int other) {
    return repeated[one] > 0 && repeated[one] == repeated[other];
  }

  /** Whether any words of the line stand in a message of the thread, in the same order. */
  boolean touches(int line) {
    return touched[line];
  }

  /** Whether any line from the first, before the second, repeats a message. */
  boolean any(int from, int to) {
    return from < to && before[to] > before[from];
  }

  private void mark(Words mail, String message, int number) {
    Words sent = new Words();
    String[] sentLines =
        message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)).split("\n");
    for (int i = 0; i < sentLines.length; i++) {
      if (!sentLines[i].startsWith(">")) {
        sent.add(sentLines[i], i);
      }
    }
    if (sent.size < FEWEST || mail.size < FEWEST) {
      return;
    }
    boolean[] covered = new boolean[mail.size];
    Shingles ours = new Shingles(sent);
    for (int i = 0; i + RUN <= mail.size; i++) {
      if (ours.contains(mail.run(i))) {
        Arrays.fill(covered, i, i + RUN, true);
        touched[mail.lines[i]] = true;
        touched[mail.lines[i + RUN - 1]] = true;
      }
    }
    coverEnd(mail, sent, covered);
    List<int[]> lines = wholeLines(mail, covered);
    int words = lines.stream().mapToInt(line -> line[1]).sum();
    boolean mostOfIt = words >= FEWEST && words * 2 >= sent.size;
    int to;
    for (int from = 0; from < lines.size(); from = to) {
      int passage = lines.get(from)[1];
      for (to = from + 1; to < lines.size() && follows(mail, lines, to); to++) {
        passage += lines.get(to)[1];
      }
      if (mostOfIt || passage >= LONG_PASSAGE) {
        for (int[] line : lines.subList(from, to)) {
          repeated[line[0]] = repeated[line[0]] == 0 ? number : repeated[line[0]];
        }
      }
    }
  }

  /** The greeting and the name, which answers between the lines can part from the rest. */
  private static void coverEnd(Words mail, Words sent, boolean[] covered) {
    int from = sent.size;
    for (int line = 0; line < 2 && from > 0; line++) {
      int number = sent.lines[from - 1];
      while (from > 0 && sent.lines[from - 1] == number) {
        from--;
      }
    }
    int length = sent.size - from;
    if (length < 3 || length >= RUN) {
      return;
    }
    for (int i = 0; i + length <= mail.size; i++) {
      if (Arrays.equals(mail.hashes, i, i + length, sent.hashes, from, sent.size)) {
        Arrays.fill(covered, i, i + length, true);
      }
    }
  }

  private static boolean follows(Words mail, List<int[]> lines, int at) {
    return mail.before(lines.get(at)[0]) == lines.get(at - 1)[0];
  }

  /** The lines that are covered, each with its number of words. */
  private static List<int[]> wholeLines(Words mail, boolean[] covered) {
    List<int[]> whole = new ArrayList<>();
    int to;
    for (int from = 0; from < mail.size; from = to) {
      int hits = 0;
      for (to = from; to < mail.size && mail.lines[to] == mail.lines[from]; to++) {
        hits += covered[to] ? 1 : 0;
      }
      if (hits >= MOST_OF_A_LINE * (to - from)) {
        whole.add(new int[] {mail.lines[from], to - from});
      }
    }
    return whole;
  }

  /** The words of a text as numbers, each with the line it stands in. */
  private static final class Words {
    private int[] hashes = new int[256];
    private int[] lines = new int[256];
    private int[] previous = {};
    private int size;
    private int read;

    void add(String line, int number) {
      read += line.length() + 1;
      int hash = 0;
      for (int i = 0; i < line.length(); i++) {
        char c = line.charAt(i);
        if (c == '<' && isLink(line, i)) {
          i = line.indexOf('>', i) < 0 ? line.length() : line.indexOf('>', i);
        } else if (!Character.isLetterOrDigit(c)) {
          hash = put(hash, number);
        } else if (c >= '\u2E80' && !(c >= '\uAC00' && c <= '\uD7A3')) {
          put(hash, number);
          put(c, number);
          hash = 0;
        } else {
          hash = 31 * hash + Character.toLowerCase(c);
        }
      }
      put(hash, number);
    }

    private static boolean isLink(String line, int at) {
      return line.startsWith("http", at + 1) || line.startsWith("mailto:", at + 1);
    }

    private int put(int hash, int line) {
      if (hash != 0) {
        if (size == hashes.length) {
          hashes = Arrays.copyOf(hashes, size * 2);
          lines = Arrays.copyOf(lines, size * 2);
        }
        hashes[size] = hash;
        lines[size++] = line;
      }
      return 0;
    }

    long run(int at) {
      long run = 0;
      for (int i = at; i < at + RUN; i++) {
        run = run * 1_000_003L + hashes[i];
      }
      return run;
    }

    /** The line with words before this one, or -1. */
    int before(int line) {
      if (previous.length == 0) {
        previous = new int[size == 0 ? 1 : lines[size - 1] + 1];
        for (int i = 0, last = -1; i < size; i++) {
          last = i > 0 && lines[i - 1] != lines[i] ? lines[i - 1] : last;
          previous[lines[i]] = last;
        }
      }
      return previous[line];
    }
  }

  private static final class Shingles {
    private final long[] sorted;

    Shingles(Words words) {
      sorted = new long[Math.max(0, words.size - RUN + 1)];
      for (int i = 0; i < sorted.length; i++) {
        sorted[i] = words.run(i);
      }
      Arrays.sort(sorted);
    }

    boolean contains(long run) {
      return Arrays.binarySearch(sorted, run) >= 0;
    }
  }
}
