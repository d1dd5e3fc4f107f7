package io.millrace.wire.mqtt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What was on its way to and from a durable session, read from its state row.
///
/// @param unsent number of the first message that never left
/// @param inflight messages that left and are not acknowledged, by number
/// @param received packet identifiers of QoS 2 messages from the client
record StoredState(
    long unsent, int lastPacketId, Map<Long, Sent> inflight, List<Integer> received) {
  static final StoredState NONE = new StoredState(1, 0, Map.of(), List.of());

  record Sent(int packetId, boolean isReleased) {}

  static StoredState read(byte[] value) {
    var in = SessionFormat.checked(value);
    long unsent = in.readLong();
    int lastPacketId = in.readUnsignedShort();
    var inflight = new HashMap<Long, Sent>();
    for (int i = in.readInt(); i > 0; i--) {
      inflight.put(in.readLong(), new Sent(in.readUnsignedShort(), in.readByte() == 1));
    }
    var received = new ArrayList<Integer>();
    for (int i = in.readInt(); i > 0; i--) {
      received.add(in.readUnsignedShort());
    }
    return new StoredState(unsent, lastPacketId, inflight, received);
  }
}
