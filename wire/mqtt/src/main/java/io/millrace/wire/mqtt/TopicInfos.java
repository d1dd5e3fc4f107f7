package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.BrokerView.TopicInfo;
import java.util.ArrayList;
import java.util.List;

/// Topics as an operator sees them.
final class TopicInfos {
  private TopicInfos() {}

  /// On the shard's loop.
  static List<TopicInfo> of(Shard shard) {
    var all = new ArrayList<TopicInfo>();
    long nowMs = shard.broker.clock.millis();
    shard.table().each(topic -> all.add(info(topic, nowMs)));
    return all;
  }

  private static TopicInfo info(TopicTable.Topic topic, long nowMs) {
    return new TopicInfo(
        topic.name.text(),
        topic.messages,
        topic.bytes,
        topic.messagesPerSecond,
        topic.bytesPerSecond,
        topic.fresh ? nowMs : topic.lastMs,
        topic.last);
  }

  /// One topic that clients of two loops publish to.
  static TopicInfo merge(TopicInfo one, TopicInfo other) {
    return new TopicInfo(
        one.topic(),
        one.messages() + other.messages(),
        one.bytes() + other.bytes(),
        one.messagesPerSecond() + other.messagesPerSecond(),
        one.bytesPerSecond() + other.bytesPerSecond(),
        Math.max(one.lastAtMs(), other.lastAtMs()),
        one.lastAtMs() >= other.lastAtMs() ? one.last() : other.last());
  }
}
