package dev.shopbell.channels.email;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out in which charset bytes read as a language, where nobody says so or what is said cannot
 * be true. Each charset is tried and what comes out is judged letter by letter: how common the
 * letter is and whether it may stand where it stands.
 */
final class CharsetGuess {
  private static final int READ = 8_192;

  /**
   * By how much another reading must be better than the declared one, and than Western European.
   */
  private static final double DECLARED = 0.3;

  private static final double WESTERN = 0.15;
  private static final double LEAST = 0.4;

  /** What a letter is worth where it stands: from 1, usual, down to -2, impossible. */
  private interface Judge {
    double worth(CharSequence text, int at);
  }

  private record Candidate(Charset charset, Judge judge) {}

  private static final String WESTERN_LETTERS =
      "äöüßéèêëàâçñíìîïóòôõúùûáãåøæœÄÖÜÉÈÊÀÂÇÑÅØÆÓÁÍÚŒÔÎÕÃšžŠŽ";
  private static final String MARKS = "–—„“”‚‘’…€«»£°§·®™©¿¡•№´\u00A0";

  private static final List<Candidate> CANDIDATES =
      List.of(
          new Candidate(Charset.forName("windows-1252"), CharsetGuess::western),
          new Candidate(
              Charset.forName("windows-1251"),
              (text, at) ->
                  cased(
                      text,
                      at,
                      Character.UnicodeScript.CYRILLIC,
                      "оеаинтсрвлкмдпуяыьзбг",
                      "ъыьЪЫЬ")),
          new Candidate(
              Charset.forName("koi8-r"),
              (text, at) ->
                  cased(
                      text,
                      at,
                      Character.UnicodeScript.CYRILLIC,
                      "оеаинтсрвлкмдпуяыьзбг",
                      "ъыьЪЫЬ")),
          new Candidate(
              Charset.forName("windows-1253"),
              (text, at) ->
                  cased(text, at, Character.UnicodeScript.GREEK, "αοιετσνηυρπκμλωάέίό", "ς")),
          new Candidate(
              Charset.forName("windows-1255"),
              (text, at) -> uncased(text, at, Character.UnicodeScript.HEBREW, "םןץףך")),
          new Candidate(
              Charset.forName("windows-1256"),
              (text, at) -> uncased(text, at, Character.UnicodeScript.ARABIC, "ةى")),
          new Candidate(
              Charset.forName("x-windows-874"),
              (text, at) -> uncased(text, at, Character.UnicodeScript.THAI, "")),
          han(
              "gb18030",
              new int[] {0xB0, 0xD7, 0xA1, 0xFE},
              "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下之年过发后作里用道行所然家"
                  + "种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日者意无力它与长把"
                  + "您订单货谢请问什候收"),
          han(
              "big5-hkscs",
              new int[] {0xA4, 0xC6, 0x40, 0xFE},
              "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下之年過發後作裡用道行所然家"
                  + "種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日者意無力它與長把"
                  + "您訂單貨謝請問什候收"),
          new Candidate(
              Charset.forName("windows-31j"), japanese("windows-31j", 0x88, 0x97, 0x40, 0xFC)),
          new Candidate(Charset.forName("euc-jp"), japanese("euc-jp", 0xB0, 0xCF, 0xA1, 0xFE)),
          new Candidate(Charset.forName("x-windows-949"), korean()));

  private CharsetGuess() {}

  /**
   * @param declared what the sender says, null when that is nothing or known to be wrong
   */
  static Charset of(byte[] bytes, @Nullable Charset declared) {
    byte[] start = bytes.length > READ ? Arrays.copyOf(bytes, READ) : bytes;
    Charset best = CANDIDATES.getFirst().charset();
    double most = LEAST;
    for (Candidate candidate : CANDIDATES) {
      double worth = worth(start, candidate);
      worth += candidate.charset().equals(declared) ? DECLARED : 0;
      worth += candidate == CANDIDATES.getFirst() ? WESTERN : 0;
      if (worth > most) {
        most = worth;
        best = candidate.charset();
      }
    }
    return best;
  }

  static boolean isCandidate(Charset charset) {
    return CANDIDATES.stream().anyMatch(candidate -> candidate.charset().equals(charset));
  }

  private static double worth(byte[] bytes, Candidate candidate) {
    CharBuffer text = CharBuffer.allocate(bytes.length + 16);
    candidate
        .charset()
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .onUnmappableCharacter(CodingErrorAction.REPLACE)
        .decode(ByteBuffer.wrap(bytes), text, false);
    text.flip();
    double sum = 0;
    int letters = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        letters++;
        sum += c == '\uFFFD' || Character.isISOControl(c) ? -2 : candidate.judge().worth(text, i);
      }
    }
    return letters == 0 ? 0 : sum / letters;
  }

  private static double western(CharSequence text, int at) {
    char c = text.charAt(at);
    boolean within = isLetter(text, at - 1) && isLetter(text, at + 1);
    if (WESTERN_LETTERS.indexOf(c) < 0) {
      return MARKS.indexOf(c) < 0 ? -0.7 : within && c != '’' ? -0.5 : 0.8;
    }
    int neighbours = 0;
    for (int i = at - 1; i >= 0 && i > at - 4 && isForeignLetter(text, i); i--) {
      neighbours++;
    }
    for (int i = at + 1; i < text.length() && i < at + 4 && isForeignLetter(text, i); i++) {
      neighbours++;
    }
    double worth = neighbours == 0 ? 1 : neighbours == 1 ? 0.5 : -1;
    boolean turns =
        Character.isUpperCase(c) && at > 0 && Character.isLowerCase(text.charAt(at - 1));
    return turns ? worth - 0.5 : worth;
  }

  /** Scripts with capitals, which stand at the start of words or everywhere. */
  private static double cased(
      CharSequence text, int at, Character.UnicodeScript script, String common, String notFirst) {
    char c = text.charAt(at);
    if (Character.UnicodeScript.of(c) != script) {
      return MARKS.indexOf(c) >= 0 && !isLetter(text, at + 1) ? 0.4 : -1.5;
    }
    if (amongAscii(text, at)) {
      return -1.5;
    }
    boolean first = !isLetter(text, at - 1);
    if (c == 'ς') {
      return isLetter(text, at + 1) ? -2 : 1;
    }
    if (first && notFirst.indexOf(c) >= 0) {
      return -1;
    }
    if (Character.isUpperCase(c)) {
      return first ? 0.9 : Character.isUpperCase(text.charAt(at - 1)) ? 0.4 : -1.5;
    }
    return common.indexOf(c) >= 0 ? 1 : 0.6;
  }

  private static double uncased(
      CharSequence text, int at, Character.UnicodeScript script, String onlyLast) {
    char c = text.charAt(at);
    if (Character.UnicodeScript.of(c) != script) {
      return c == '\u060C' || c == '\u061F' ? 0.9 : -1.2;
    }
    if (amongAscii(text, at)) {
      return -1.5;
    }
    return onlyLast.indexOf(c) >= 0 && isLetter(text, at + 1) ? -1.5 : 0.85;
  }

  private static Candidate han(String charset, int[] usual, String frequent) {
    BitSet known = letters(charset, usual[0], usual[1], usual[2], usual[3]);
    BitSet often = new BitSet();
    frequent.chars().forEach(often::set);
    return new Candidate(
        Charset.forName(charset),
        (text, at) -> {
          char c = text.charAt(at);
          return often.get(c) ? 1.25 : isEastMark(c) || known.get(c) ? 0.85 : -0.8;
        });
  }

  private static Judge japanese(String charset, int from, int to, int trailFrom, int trailTo) {
    BitSet known = letters(charset, from, to, trailFrom, trailTo);
    return (text, at) -> {
      char c = text.charAt(at);
      if (c >= '\u3041' && c <= '\u30FC') {
        return 1.2;
      }
      return c >= '\uFF61' && c <= '\uFF9F' ? -0.8 : isEastMark(c) || known.get(c) ? 0.5 : -0.8;
    };
  }

  private static Judge korean() {
    BitSet known = letters("x-windows-949", 0xB0, 0xC8, 0xA1, 0xFE);
    return (text, at) -> {
      char c = text.charAt(at);
      return known.get(c) ? 1.1 : isEastMark(c) ? 0.8 : -1;
    };
  }

  /** The letters that a double-byte charset has in its rows for everyday use. */
  private static BitSet letters(String charset, int from, int to, int trailFrom, int trailTo) {
    BitSet letters = new BitSet();
    Charset decoder = Charset.forName(charset);
    for (int lead = from; lead <= to; lead++) {
      for (int trail = trailFrom; trail <= trailTo; trail++) {
        String letter = new String(new byte[] {(byte) lead, (byte) trail}, decoder);
        if (letter.length() == 1 && letter.charAt(0) != '\uFFFD') {
          letters.set(letter.charAt(0));
        }
      }
    }
    return letters;
  }

  private static boolean isEastMark(char c) {
    return (c >= '\u3000' && c <= '\u303F') || (c >= '\uFF01' && c <= '\uFF5E') || c == '…';
  }

  private static boolean amongAscii(CharSequence text, int at) {
    return isAsciiLetter(text, at - 1) || isAsciiLetter(text, at + 1);
  }

  private static boolean isAsciiLetter(CharSequence text, int at) {
    return isLetter(text, at) && text.charAt(at) < 0x80;
  }

  private static boolean isForeignLetter(CharSequence text, int at) {
    return isLetter(text, at) && text.charAt(at) >= 0x80;
  }

  private static boolean isLetter(CharSequence text, int at) {
    return at >= 0 && at < text.length() && Character.isLetter(text.charAt(at));
  }
}
