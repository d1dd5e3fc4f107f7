package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.codec.Publish;
import io.millrace.wire.mqtt.codec.ReasonCode;
import io.netty.util.collection.IntObjectHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/// What a client waits for: acknowledgements of messages, SUBACKs, and the QoS 2 messages it has.
///
/// Packet identifiers are handed out on the event loop; callers wait for room on their own thread.
final class ClientWindow {
  private final Semaphore room;
  private final IntObjectHashMap<CompletableFuture<ReasonCode>> messages = new IntObjectHashMap<>();
  private final IntObjectHashMap<CompletableFuture<List<ReasonCode>>> requests =
      new IntObjectHashMap<>();
  private final IntObjectHashMap<Boolean> received = new IntObjectHashMap<>();
  private int granted;
  private int lastPacketId;

  ClientWindow(int size) {
    room = new Semaphore(size);
    granted = size;
  }

  /// The server takes no more than that many at a time.
  void limit(int receiveMaximum) {
    if (receiveMaximum < granted) {
      room.acquireUninterruptibly(granted - receiveMaximum);
      granted = receiveMaximum;
    }
  }

  void awaitRoom(CompletableFuture<ReasonCode> outcome) {
    room.acquireUninterruptibly();
    var _ = outcome.whenComplete((_, _) -> room.release());
  }

  Publish enter(Publish publish, CompletableFuture<ReasonCode> outcome) {
    int packetId = next();
    messages.put(packetId, outcome);
    return new Publish(
        publish.topic(),
        publish.payload(),
        publish.qos(),
        publish.retain(),
        false,
        packetId,
        publish.properties());
  }

  int ask(CompletableFuture<List<ReasonCode>> outcome) {
    int packetId = next();
    requests.put(packetId, outcome);
    return packetId;
  }

  void acknowledged(int packetId, ReasonCode reason) {
    var outcome = messages.remove(packetId);
    if (outcome != null) {
      outcome.complete(reason);
    }
  }

  void answered(int packetId, List<ReasonCode> reasons) {
    var outcome = requests.remove(packetId);
    if (outcome != null) {
      outcome.complete(reasons);
    }
  }

  boolean receive(int packetId) {
    return received.put(packetId, Boolean.TRUE) == null;
  }

  void forgetReceived(int packetId) {
    received.remove(packetId);
  }

  void fail(MqttClientException why) {
    var all = List.copyOf(messages.values());
    var asked = List.copyOf(requests.values());
    messages.clear();
    requests.clear();
    all.forEach(outcome -> outcome.completeExceptionally(why));
    asked.forEach(outcome -> outcome.completeExceptionally(why));
  }

  private int next() {
    do {
      lastPacketId = lastPacketId == 65_535 ? 1 : lastPacketId + 1;
    } while (messages.containsKey(lastPacketId) || requests.containsKey(lastPacketId));
    return lastPacketId;
  }
}
