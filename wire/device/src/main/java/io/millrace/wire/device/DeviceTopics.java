package io.millrace.wire.device;

/// The topics that devices publish to, and what they mean.
public final class DeviceTopics {
  private final Config config;

  public DeviceTopics(Config config) {
    this.config = config;
  }

  /// Whether a device's message to that topic is for the platform rather than for subscribers.
  public static boolean isDeviceTopic(String topic) {
    return topic.startsWith("v1/devices/me/")
        || topic.startsWith("v1/gateway/")
        || topic.startsWith("v2/");
  }

  /// Reads a message to a device topic.
  public DeviceRequest parse(String topic, byte[] payload) {
    throw new IllegalStateException("wire/device is being built: " + config);
  }
}
