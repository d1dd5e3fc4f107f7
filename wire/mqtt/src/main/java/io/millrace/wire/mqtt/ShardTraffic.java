package io.millrace.wire.mqtt;

/// What passed through one event loop since it was last collected. On that loop.
final class ShardTraffic {
  long packetsIn;
  long packetsOut;
  long bytesIn;
  long bytesOut;
  long publishesIn;
  long publishesOut;
  long publishBytesIn;
  long publishBytesOut;

  /// Adds it to the broker's counters and begins again.
  void collect(BrokerCounters counters) {
    counters.received().add(publishesIn);
    counters.sent().add(publishesOut);
    counters.packetsReceived().add(packetsIn);
    counters.packetsSent().add(packetsOut);
    counters.bytesReceived().add(bytesIn);
    counters.bytesSent().add(bytesOut);
    counters.publishBytesReceived().add(publishBytesIn);
    counters.publishBytesSent().add(publishBytesOut);
    packetsIn = 0;
    packetsOut = 0;
    bytesIn = 0;
    bytesOut = 0;
    publishesIn = 0;
    publishesOut = 0;
    publishBytesIn = 0;
    publishBytesOut = 0;
  }
}
