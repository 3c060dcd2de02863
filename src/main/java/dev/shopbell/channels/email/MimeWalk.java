package dev.shopbell.channels.email;

import java.io.IOException;
import java.io.InputStream;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/** Goes through the parts of one mail, however deep they lie, within limits on depth and number. */
final class MimeWalk {
  private static final int MAX_LINE = 1_000_000;
  private static final int MAX_DEPTH = 40;
  private static final int MAX_PARTS = 5_000;

  private static final MimeConfig LENIENT =
      MimeConfig.custom()
          .setStrictParsing(false)
          .setMalformedHeaderStartsBody(true)
          .setMaxLineLen(MAX_LINE)
          .setMaxHeaderLen(MAX_LINE)
          .setMaxHeaderCount(-1)
          .setMaxContentLen(-1)
          .build();

  private final PartCollector parts;
  private final Problems problems;
  private int depth;
  private int count;

  MimeWalk(PartCollector parts, Problems problems) {
    this.parts = parts;
    this.problems = problems;
  }

  /**
   * Goes through an entity, which may lie within the part that is being read.
   *
   * @throws IOException when the mail itself cannot be read or the sink fails
   */
  void through(InputStream entity) throws IOException {
    int outer = depth;
    try {
      walk(entity);
    } catch (MimeException | IOException | RuntimeException e) {
      parts.rethrowIfNotContent(e);
      problems.add("The mail is damaged; what follows the damage could not be read.");
      parts.breakOff();
    }
    while (depth > outer) {
      depth--;
      parts.endMultipart();
    }
  }

  private void walk(InputStream entity) throws IOException, MimeException {
    MimeTokenStream stream = new MimeTokenStream(LENIENT, DecodeMonitor.SILENT, null);
    stream.setRecursionMode(RecursionMode.M_NO_RECURSE);
    stream.parse(entity);
    for (EntityState state = stream.getState();
        state != EntityState.T_END_OF_STREAM;
        state = stream.next()) {
      switch (state) {
        case T_START_MESSAGE, T_START_BODYPART -> {
          parts.startPart();
          if (++count >= MAX_PARTS) {
            problems.add("The mail has more parts than can be kept; the rest was left out.");
            stream.stop();
          }
        }
        case T_FIELD -> parts.field(stream.getField().getRaw().toByteArray());
        case T_END_HEADER -> {
          boolean flat = depth >= MAX_DEPTH;
          stream.setRecursionMode(flat ? RecursionMode.M_FLAT : RecursionMode.M_NO_RECURSE);
          if (flat) {
            problems.add("The mail is nested too deeply; the innermost parts were not opened.");
          }
        }
        case T_START_MULTIPART -> {
          depth++;
          parts.startMultipart();
        }
        case T_PREAMBLE -> parts.preamble(stream.getInputStream());
        case T_BODY -> parts.leaf(stream.getBodyDescriptor(), stream.getInputStream(), this);
        case T_END_MULTIPART -> {
          depth--;
          parts.endMultipart();
        }
        case T_RAW_ENTITY,
            T_START_HEADER,
            T_EPILOGUE,
            T_END_BODYPART,
            T_END_MESSAGE,
            T_END_OF_STREAM -> {
          // nothing to read there
        }
      }
    }
  }
}
