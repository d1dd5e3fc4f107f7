package io.millrace.store.messages;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Published messages of some milliseconds of one event loop, drawn in `docs/formats/messages.md`.
///
/// A topic is written once per block. One thread at a time.
final class PublishBlock {
  private static final int QOS = 3;
  private static final int RETAIN = 4;
  private static final int EXTRA = 8;
  private static final int TOPIC_NEW = 16;

  private final BlockOutput out = new BlockOutput(16_384);
  private final Map<String, Integer> topics = new HashMap<>();
  private long lastAt;
  private int count;

  int count() {
    return count;
  }

  int sizeBytes() {
    return out.size();
  }

  void clear() {
    out.truncate(0);
    topics.clear();
    lastAt = 0;
    count = 0;
  }

  void add(long at, String topic, byte[] payload, int qos, boolean retain, byte[] extra) {
    if (count == 0) {
      Framing.begin(Framing.PUBLISHES, out);
    }
    var known = topics.get(topic);
    out.u8(
        qos
            | (retain ? RETAIN : 0)
            | (extra.length > 0 ? EXTRA : 0)
            | (known == null ? TOPIC_NEW : 0));
    if (known == null) {
      topics.put(topic, topics.size());
      out.text(topic);
    } else {
      out.varint(known);
    }
    out.zigzag(at - lastAt);
    if (extra.length > 0) {
      out.sized(extra);
    }
    out.sized(payload);
    lastAt = at;
    count++;
  }

  byte[] seal() {
    return Framing.seal(out);
  }

  /// Hands out the messages of a block, in order.
  ///
  /// @throws DamagedBlockException when it is none
  static void read(byte[] block, Consumer<LoggedPublish> taker) {
    var in = Framing.open(Framing.PUBLISHES, block);
    List<String> topics = new ArrayList<>();
    long at = 0;
    while (!in.isAtEnd()) {
      int flags = in.u8();
      if ((flags & TOPIC_NEW) != 0) {
        topics.add(in.text());
      }
      var topic =
          (flags & TOPIC_NEW) != 0
              ? topics.getLast()
              : topics.get(in.below(topics.size(), "a topic of number"));
      at += in.zigzag();
      var extra = (flags & EXTRA) != 0 ? in.sized() : new byte[0];
      var payload = in.sized();
      taker.accept(
          new LoggedPublish(at, topic, payload, flags & QOS, (flags & RETAIN) != 0, extra));
    }
  }
}
