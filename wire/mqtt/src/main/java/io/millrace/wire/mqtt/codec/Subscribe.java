package io.millrace.wire.mqtt.codec;

import java.util.List;

/// SUBSCRIBE, section 3.8.
public record Subscribe(int packetId, List<Request> requests, Properties properties)
    implements Packet {

  /// One topic filter and its subscription options.
  ///
  /// @param retainHandling 0 send retained messages, 1 only for a new subscription, 2 never
  public record Request(
      String filter, int qos, boolean noLocal, boolean retainAsPublished, int retainHandling) {

    /// A plain subscription.
    public static Request of(String filter, int qos) {
      return new Request(filter, qos, false, false, 0);
    }
  }
}
