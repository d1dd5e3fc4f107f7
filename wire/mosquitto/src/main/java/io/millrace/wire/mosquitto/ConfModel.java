package io.millrace.wire.mosquitto;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a mosquitto.conf says, as it is read line by line.
final class ConfModel {
  static final int USUAL_PORT = 1883;

  final Map<String, String> settings = new LinkedHashMap<>();
  final List<String> warnings = new ArrayList<>();
  final ConfSecurity everywhere = new ConfSecurity();
  final List<ConfListener> listeners = new ArrayList<>();
  final List<ConfBridge> bridges = new ArrayList<>();
  final ConfLog log = new ConfLog();
  final ConfListener usual = new ConfListener(USUAL_PORT, "0.0.0.0");
  boolean usualIsOpen;
  boolean perListener;
  boolean persistence;
  Optional<Path> pidFile = Optional.empty();
  private ConfListener listener = usual;
  private @Nullable ConfBridge bridge;

  ConfModel() {
    // Mosquitto's own defaults, where they differ from ours
    settings.put("mqtt.maxInflight", "20");
    settings.put("mqtt.maxQueued", "1000");
    settings.put("mqtt.maxPacketBytes", "268435455");
    settings.put("mqtt.maxSessionExpiry", "49711d");
  }

  void take(ConfOption option, ConfLine line) {
    if (option.scope() == ConfOption.Scope.BRIDGE && bridge == null && !isConnection(line)) {
      throw line.fault(
          "stands before the first 'connection'; a bridge begins with: connection NAME");
    }
    if (option.fate() == ConfOption.Fate.WARNED) {
      warn(line, option.says());
    }
    try {
      option.handler().take(this, line);
    } catch (FileFault e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw line.fault(String.valueOf(e.getMessage()));
    }
  }

  void warn(ConfLine line, String what) {
    warnings.add("%s: %s %s: %s".formatted(line.place(), line.name(), line.value(), what));
  }

  void openListener(ConfLine line, int port, String address, String unixPath) {
    listener = new ConfListener(port, address);
    listener.unixPath = unixPath;
    listener.first = Optional.of(line);
    listeners.add(listener);
  }

  ConfListener listener() {
    return listener;
  }

  /// Mosquitto: security belongs to the listener above it only with per_listener_settings.
  ConfSecurity security() {
    return perListener ? listener.security : everywhere;
  }

  void openBridge(ConfLine line) {
    if (bridges.stream().anyMatch(known -> known.name.equals(line.value()))) {
      throw line.fault("there is a connection of that name already");
    }
    bridge = new ConfBridge(line);
    bridges.add(bridge);
  }

  ConfBridge bridge() {
    var current = bridge;
    if (current == null) {
      throw new FileFault("no connection yet");
    }
    return current;
  }

  /// Nothing says where to listen: Mosquitto 2 then serves this machine alone, and anybody on it.
  boolean isLocalOnly() {
    return listeners.isEmpty() && !usualIsOpen;
  }

  List<ConfListener> allListeners() {
    var all = new ArrayList<ConfListener>();
    if (usualIsOpen || isLocalOnly()) {
      if (isLocalOnly()) {
        usual.address = "127.0.0.1";
      }
      all.add(usual);
    }
    all.addAll(listeners);
    return all;
  }

  ConfSecurity securityOf(ConfListener one) {
    return perListener ? one.security : everywhere;
  }

  boolean allowsAnonymous(ConfListener one) {
    return one.allowAnonymous.or(() -> securityOf(one).allowAnonymous).orElse(isLocalOnly());
  }

  void check() {
    allListeners().forEach(ConfListener::check);
    bridges.forEach(ConfBridge::check);
  }

  private static boolean isConnection(ConfLine line) {
    return line.name().equals("connection");
  }
}
