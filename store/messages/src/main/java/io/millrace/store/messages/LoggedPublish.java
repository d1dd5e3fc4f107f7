package io.millrace.store.messages;

import java.util.Arrays;

/// A message as it was published.
///
/// @param at when it came in, milliseconds since 1970
/// @param payload not to be changed
/// @param extra what else its protocol knows of it, as bytes of that protocol; often empty
@SuppressWarnings("ArrayRecordComponent") // equals is written out
public record LoggedPublish(
    long at, String topic, byte[] payload, int qos, boolean retain, byte[] extra) {
  @Override
  public boolean equals(Object other) {
    return other instanceof LoggedPublish that
        && at == that.at
        && topic.equals(that.topic)
        && Arrays.equals(payload, that.payload)
        && qos == that.qos
        && retain == that.retain
        && Arrays.equals(extra, that.extra);
  }

  @Override
  public int hashCode() {
    return topic.hashCode() * 31 + Arrays.hashCode(payload);
  }
}
