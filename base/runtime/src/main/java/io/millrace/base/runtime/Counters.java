package io.millrace.base.runtime;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// Named counts and gauges of the whole process, read by the health and metrics pages.
///
/// Names are `room.what` in lower case, as in `mqtt.publishes_received`. A room looks its
/// counter up once and keeps it.
public final class Counters {
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final Map<String, LongSupplier> gauges = new ConcurrentHashMap<>();

  /// The counter of that name, made on first use; it only grows.
  public LongAdder count(String name) {
    return counts.computeIfAbsent(name, _ -> new LongAdder());
  }

  /// A figure that is read when somebody looks.
  public void gauge(String name, LongSupplier value) {
    gauges.put(name, value);
  }

  /// The counts alone, by name.
  public Map<String, Long> counts() {
    var all = new TreeMap<String, Long>();
    counts.forEach((name, count) -> all.put(name, count.sum()));
    return all;
  }

  /// The gauges alone, by name.
  public Map<String, Long> gauges() {
    var all = new TreeMap<String, Long>();
    gauges.forEach((name, value) -> all.put(name, value.getAsLong()));
    return all;
  }

  /// Everything as it stands, by name.
  public Map<String, Long> snapshot() {
    var all = counts();
    all.putAll(gauges());
    return all;
  }
}
