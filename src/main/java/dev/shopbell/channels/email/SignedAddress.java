package dev.shopbell.channels.email;

import dev.shopbell.platform.SecretKey;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * An address of ours that names a conversation: {@code support+c17-k4x…@shop.example}. Whoever
 * writes to it has been written to by us, for the 80 bits of its signature cannot be guessed. One
 * at which an agent answers names the agent too, {@code support+a17-5-k4x…@shop.example}; it is
 * told to that agent only. The same token stands in the Message-IDs of mail to agents.
 */
@Component
class SignedAddress {
  private static final String PURPOSE = "reply address";
  private static final int LENGTH = 16;
  private static final Pattern TAG = Pattern.compile("\\+c(\\d{1,18})-([a-z2-7]{16})@");

  private static final String ANSWERING = "agent's answering address";
  private static final Pattern ANSWERING_TAG =
      Pattern.compile("(?:^|[+.])a(\\d{1,18})-(\\d{1,18})-([a-z2-7]{16})@");

  private final SecretKey secret;

  SignedAddress(SecretKey secret) {
    this.secret = secret;
  }

  String of(long conversationId, String address) {
    int at = address.lastIndexOf('@');
    return address.substring(0, at)
        + "+c"
        + conversationId
        + "-"
        + secret.sign(PURPOSE, Long.toString(conversationId), LENGTH)
        + address.substring(at);
  }

  /**
   * The conversation that the address names, if we have signed it. Mail systems may change its
   * case.
   */
  Optional<Long> conversation(String address) {
    Matcher tag = TAG.matcher(address.toLowerCase(Locale.ROOT));
    return tag.find() && secret.verify(PURPOSE, tag.group(1), tag.group(2))
        ? Optional.of(Long.parseLong(tag.group(1)))
        : Optional.empty();
  }

  /** The conversation in which an agent answers by mail. */
  record Answering(long conversationId, long agentId) {
    private static final long NOWHERE = 0;

    /** For mail to the agent that is about no conversation: what answers it is not kept. */
    static Answering nowhere(long agentId) {
      return new Answering(NOWHERE, agentId);
    }

    boolean isNowhere() {
      return conversationId == NOWHERE;
    }

    private String signed() {
      return conversationId + "-" + agentId;
    }
  }

  /** Where the agent answers, at an address of ours. */
  String of(Answering answering, String address) {
    int at = address.lastIndexOf('@');
    return address.substring(0, at) + "+" + token(answering) + address.substring(at);
  }

  /** Names it in a Message-ID, before its {@code @}. */
  String token(Answering answering) {
    return "a" + answering.signed() + "-" + secret.sign(ANSWERING, answering.signed(), LENGTH);
  }

  /** What an address or a Message-ID names, if we have signed it. */
  Optional<Answering> answering(String address) {
    Matcher tag = ANSWERING_TAG.matcher(address.toLowerCase(Locale.ROOT));
    if (!tag.find()) {
      return Optional.empty();
    }
    Answering named = new Answering(Long.parseLong(tag.group(1)), Long.parseLong(tag.group(2)));
    return Optional.of(named).filter(one -> secret.verify(ANSWERING, one.signed(), tag.group(3)));
  }

  /** The address without its plus-tag. */
  static String base(String address) {
    int at = address.lastIndexOf('@');
    int plus = address.indexOf('+');
    return plus > 0 && plus < at ? address.substring(0, plus) + address.substring(at) : address;
  }
}
