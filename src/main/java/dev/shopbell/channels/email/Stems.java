package dev.shopbell.channels.email;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds which of many groups of stems a text holds, whatever their case, in one pass over it (Aho
 * and Corasick, 1975). An expression of as many alternatives tries each of them at each place,
 * which was a tenth of what it cost to read a mail.
 */
final class Stems {
  /** Before or behind a stem: no letter or digit follows there. */
  private static final char EDGE = '|';

  private static final int PLAIN = 0x250;

  /** For each character the number of its column; 0 for those in no stem. */
  private final short[] plainColumns = new short[PLAIN];

  private final Map<Character, Integer> otherColumns = new HashMap<>();
  private final List<int[]> states = new ArrayList<>();
  private final List<List<Ending>> endings = new ArrayList<>();
  private int columns = 1;

  private record Ending(int group, int length, boolean edgeBefore, boolean edgeBehind) {}

  /**
   * @param groups at most 32, each of stems parted by spaces in lower case; an underscore stands
   *     for a space, and a bar at either end of a stem says that a word starts or ends there
   */
  static Stems of(String... groups) {
    return new Stems(groups);
  }

  private Stems(String... groups) {
    for (String group : groups) {
      group.chars().filter(c -> c != EDGE).forEach(c -> number(c == '_' ? ' ' : (char) c));
    }
    newState();
    for (int group = 0; group < groups.length; group++) {
      for (String stem : groups[group].strip().split("\\s+")) {
        add(stem.replace('_', ' '), group);
      }
    }
    link();
  }

  private void number(char c) {
    if (column(c) == 0) {
      if (c < PLAIN) {
        plainColumns[c] = (short) columns;
      } else {
        otherColumns.put(c, columns);
      }
      columns++;
    }
  }

  private int column(char c) {
    if (c < PLAIN) {
      return plainColumns[c];
    }
    char lower = Character.toLowerCase(c);
    return lower < PLAIN ? plainColumns[lower] : otherColumns.getOrDefault(lower, 0);
  }

  private int newState() {
    int[] state = new int[columns];
    Arrays.fill(state, -1);
    states.add(state);
    endings.add(new ArrayList<>());
    return states.size() - 1;
  }

  private void add(String stem, int group) {
    boolean before = stem.charAt(0) == EDGE;
    boolean behind = stem.charAt(stem.length() - 1) == EDGE;
    String bare = stem.substring(before ? 1 : 0, stem.length() - (behind ? 1 : 0));
    int state = 0;
    for (char c : bare.toCharArray()) {
      int column = column(c);
      if (states.get(state)[column] < 0) {
        states.get(state)[column] = newState();
      }
      state = states.get(state)[column];
    }
    endings.get(state).add(new Ending(group, bare.length(), before, behind));
  }

  /** Where no stem goes on, its longest end that begins another one does. */
  private void link() {
    for (char c = 'A'; c < PLAIN; c++) {
      plainColumns[c] = plainColumns[c] != 0 ? plainColumns[c] : lowerColumn(c);
    }
    int[] fallback = new int[states.size()];
    ArrayDeque<Integer> open = new ArrayDeque<>();
    for (int column = 0; column < columns; column++) {
      int next = states.getFirst()[column];
      states.getFirst()[column] = Math.max(next, 0);
      if (next > 0) {
        open.add(next);
      }
    }
    while (!open.isEmpty()) {
      int state = open.remove();
      endings.get(state).addAll(endings.get(fallback[state]));
      for (int column = 0; column < columns; column++) {
        int next = states.get(state)[column];
        int otherwise = states.get(fallback[state])[column];
        if (next < 0) {
          states.get(state)[column] = otherwise;
        } else {
          fallback[next] = otherwise;
          open.add(next);
        }
      }
    }
  }

  private short lowerColumn(char c) {
    char lower = Character.toLowerCase(c);
    return lower < PLAIN ? plainColumns[lower] : 0;
  }

  /** The groups that have a stem in the text, a bit for each from the lowest. */
  int in(CharSequence text) {
    int found = 0;
    int state = 0;
    for (int i = 0; i < text.length(); i++) {
      state = states.get(state)[column(text.charAt(i))];
      List<Ending> here = endings.get(state);
      for (int at = 0; at < here.size(); at++) {
        Ending ending = here.get(at);
        if ((!ending.edgeBefore() || isEdge(text, i - ending.length(), i - ending.length() + 1))
            && (!ending.edgeBehind() || isEdge(text, i, i + 1))) {
          found |= 1 << ending.group();
        }
      }
    }
    return found;
  }

  boolean anyIn(CharSequence text) {
    return in(text) != 0;
  }

  private static boolean isEdge(CharSequence text, int before, int behind) {
    return isWord(text, before) != isWord(text, behind);
  }

  private static boolean isWord(CharSequence text, int at) {
    return at >= 0
        && at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_');
  }
}
