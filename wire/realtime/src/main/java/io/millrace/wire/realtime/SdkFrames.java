package io.millrace.wire.realtime;

import io.millrace.base.json.JsonValue;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Messages as frames: a long one is cut into pieces, with their number as a frame before them.
final class SdkFrames {
  static final int PIECE_LENGTH_MAX = 16_384;
  private static final int COUNT_LENGTH_MAX = 6;

  private final int bytesMax;
  private final StringBuilder message = new StringBuilder();
  private int piecesToCome;
  private long bytes;

  /// @param bytesMax longest message that is put together
  SdkFrames(int bytesMax) {
    this.bytesMax = bytesMax;
  }

  /// What came as one message.
  ///
  /// @param text of one that is too long, its beginning only: the rest is never held
  record Whole(String text, boolean isTooLong) {
    static Whole of(String text, int bytesMax) {
      return new Whole(text, ByteBufUtil.utf8Bytes(text) > bytesMax);
    }
  }

  static List<String> cut(JsonValue message) {
    return cut(message.toString());
  }

  static List<String> cut(String text) {
    if (text.length() <= PIECE_LENGTH_MAX) {
      return List.of(text);
    }
    var frames = new ArrayList<String>();
    frames.add("");
    for (int from = 0; from < text.length(); ) {
      int until = Math.min(text.length(), from + PIECE_LENGTH_MAX);
      if (until < text.length() && Character.isHighSurrogate(text.charAt(until - 1))) {
        until--; // a pair stays together
      }
      frames.add(text.substring(from, until));
      from = until;
    }
    frames.set(0, Integer.toString(frames.size() - 1));
    return frames;
  }

  /// Takes a frame.
  ///
  /// @return the message that it completes
  Optional<Whole> add(String frame) {
    if (piecesToCome > 0) {
      return piece(frame);
    }
    int count = count(frame);
    if (count < 0) {
      return Optional.of(Whole.of(frame, bytesMax));
    }
    piecesToCome = count; // RTDB: a lone 0 keeps the connection alive and says nothing
    return Optional.empty();
  }

  private Optional<Whole> piece(String frame) {
    boolean isFirst = message.isEmpty();
    bytes += ByteBufUtil.utf8Bytes(frame);
    if (isFirst || bytes <= bytesMax) {
      message.append(frame);
    } else {
      message.setLength(Math.min(message.length(), PIECE_LENGTH_MAX));
      message.trimToSize();
    }
    if (--piecesToCome > 0) {
      return Optional.empty();
    }
    var whole = new Whole(message.toString(), bytes > bytesMax);
    message.setLength(0);
    bytes = 0;
    return Optional.of(whole);
  }

  private static int count(String frame) {
    if (frame.isEmpty() || frame.length() > COUNT_LENGTH_MAX) {
      return -1;
    }
    return frame.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(frame) : -1;
  }
}
