package io.millrace.wire.mqtt.codec;

/// A name and a value that MQTT carries without looking at them; names may repeat.
public record UserProperty(String name, String value) {}
