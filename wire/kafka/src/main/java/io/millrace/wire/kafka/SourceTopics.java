package io.millrace.wire.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicListing;
import org.apache.kafka.common.TopicPartition;

/// The partitions that there are of the topics that a source takes.
final class SourceTopics {
  private final SourceMapping mapping;
  private final Duration timeout;

  SourceTopics(SourceMapping mapping, Duration timeout) {
    this.mapping = mapping;
    this.timeout = timeout;
  }

  Map<TopicPartition, PlaceRows.Partition> find(Admin admin)
      throws InterruptedException, ExecutionException, TimeoutException {
    long ms = timeout.toMillis();
    var names =
        admin.listTopics().listings().get(ms, TimeUnit.MILLISECONDS).stream()
            .filter(topic -> !topic.isInternal())
            .map(TopicListing::name)
            .filter(mapping::takes)
            .toList();
    var found = new HashMap<TopicPartition, PlaceRows.Partition>();
    if (names.isEmpty()) {
      return found;
    }
    var topics = admin.describeTopics(names).allTopicNames().get(ms, TimeUnit.MILLISECONDS);
    for (var topic : topics.values()) {
      for (var partition : topic.partitions()) {
        found.put(
            new TopicPartition(topic.name(), partition.partition()),
            new PlaceRows.Partition(topic.topicId(), partition.partition()));
      }
    }
    return found;
  }
}
