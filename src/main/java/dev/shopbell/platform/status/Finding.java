package dev.shopbell.platform.status;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one part of the installation is.
 *
 * @param says what is so, with the names of {@code values} in braces; the desk translates it as it
 *     stands here
 * @param advice what to do about it; null where nothing has to be done
 * @param values what stands for the names: numbers and words
 */
public record Finding(
    State state, String says, @Nullable String advice, Map<String, Object> values) {
  public enum State {
    /** All is as it should be. */
    well,
    /** Somebody should look at it in the next days. */
    soon,
    /** Something does not work now. */
    broken
  }

  public static Finding well(String says, Map<String, Object> values) {
    return new Finding(State.well, says, null, values);
  }

  public static Finding soon(String says, String advice, Map<String, Object> values) {
    return new Finding(State.soon, says, advice, values);
  }

  public static Finding broken(String says, String advice, Map<String, Object> values) {
    return new Finding(State.broken, says, advice, values);
  }
}
