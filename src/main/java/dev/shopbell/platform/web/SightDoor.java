package dev.shopbell.platform.web;

import java.util.List;
import java.util.function.BiPredicate;

/**
 * A slot: the door of a room to what stands at an id in a path. Every endpoint below it, of
 * whichever room, is entered through it: {@code /conversations/{id}} guards {@code
 * /conversations/{id}/messages} too. Not asked for callers who see everything.
 */
public interface SightDoor {
  List<Guard> guards();

  /**
   * @param segment of a path, before the id, such as {@code conversations}
   * @param noun what it is called where there is none
   * @param sees whether a caller of this sight sees the one of this id; false where it is absent
   */
  record Guard(String segment, String noun, BiPredicate<Sight, String> sees) {
    /**
     * For ids that are numbers. One written in any other way than by its digits is none: what reads
     * the path after this door takes {@code 0x1f}, {@code +31} and blanks for numbers, too.
     */
    public static Guard ofNumber(String segment, String noun, BiPredicate<Sight, Long> sees) {
      return new Guard(
          segment,
          noun,
          (sight, id) -> id.matches("[0-9]{1,18}") && sees.test(sight, Long.valueOf(id)));
    }
  }
}
