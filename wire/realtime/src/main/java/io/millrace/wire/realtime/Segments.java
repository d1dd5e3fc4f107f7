package io.millrace.wire.realtime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Puts the messages of a long-polling client together: they come cut up, in requests that may
/// overtake each other.
final class Segments {
  private static final int AHEAD_MAX = 10_000;

  private record Segment(int total, String data) {}

  private final int lengthMax;
  private final Map<Integer, Segment> waiting = new HashMap<>();
  private int next;
  private long waitingLength;

  /// @param lengthMax characters that may wait for what is missing
  Segments(int lengthMax) {
    this.lengthMax = lengthMax;
  }

  /// Takes the segments of one request.
  ///
  /// @param parameters `segI` number, `tsI` segments in the message, `dI` data, for I from 0
  /// @return the messages that are complete now, in order
  /// @throws IllegalArgumentException when they are none
  List<String> add(Map<String, String> parameters) {
    for (int i = 0; parameters.containsKey("seg" + i); i++) {
      int number = Integer.parseInt(parameters.get("seg" + i));
      int total = Integer.parseInt(parameters.getOrDefault("ts" + i, "1"));
      var data = parameters.getOrDefault("d" + i, "");
      if (total < 1 || number > next + AHEAD_MAX || waitingLength + data.length() > lengthMax) {
        throw new IllegalArgumentException("too many segments, or segments too far ahead");
      }
      if (number >= next && waiting.putIfAbsent(number, new Segment(total, data)) == null) {
        waitingLength += data.length();
      }
    }
    return complete();
  }

  private List<String> complete() {
    var messages = new ArrayList<String>();
    while (waiting.containsKey(next)) {
      if (!isThere(total(next))) {
        break;
      }
      var encoded = new StringBuilder();
      for (int last = next + total(next); next < last; next++) {
        encoded.append(taken(next));
      }
      waitingLength -= encoded.length();
      messages.add(decoded(encoded.toString()));
    }
    return messages;
  }

  private int total(int number) {
    var segment = waiting.get(number);
    return segment == null ? 1 : segment.total;
  }

  private String taken(int number) {
    var segment = waiting.remove(number);
    return segment == null ? "" : segment.data;
  }

  private boolean isThere(int total) {
    for (int i = 0; i < total; i++) {
      if (!waiting.containsKey(next + i)) {
        return false;
      }
    }
    return true;
  }

  /// RTDB: base 64 for URLs, padded with dots.
  private static String decoded(String encoded) {
    var bytes = Base64.getUrlDecoder().decode(encoded.replace(".", ""));
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
