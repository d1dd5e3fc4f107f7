package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.codec.ProtocolVersion;
import java.util.Set;

/// How a listener takes what its clients say: names, topics, versions.
///
/// @param mountPoint stands before every topic of its clients, who do not see it; empty for none
/// @param takesUserName the user name becomes the client identifier; who has none is refused
/// @param versions others are refused
/// @param assignedPrefix begins the identifiers of clients that bring none
/// @param takesNameless false: a client without an identifier is refused
public record ListenerForm(
    String mountPoint,
    boolean takesUserName,
    Set<ProtocolVersion> versions,
    String assignedPrefix,
    boolean takesNameless) {
  public static final ListenerForm USUAL =
      new ListenerForm("", false, Set.of(ProtocolVersion.values()), "mr-", true);

  public ListenerForm {
    versions = Set.copyOf(versions);
  }

  boolean isMounted() {
    return !mountPoint.isEmpty();
  }

  /// A topic name of a client as everybody else sees it.
  String mounted(String topic) {
    return mountPoint + topic;
  }

  /// A filter of a client as the broker keeps it; `$share/GROUP/` and `$replay/SINCE/` stay in
  /// front.
  String mountedFilter(String filter) {
    if (!isMounted() || filter.isEmpty()) {
      return filter;
    }
    if (filter.startsWith("$share/") || filter.startsWith("$replay/")) {
      int at = filter.indexOf('/', filter.indexOf('/') + 1) + 1;
      return at == 0 ? filter : filter.substring(0, at) + mountPoint + filter.substring(at);
    }
    return mountPoint + filter;
  }

  /// A topic as the client knows it.
  String unmounted(String topic) {
    return topic.startsWith(mountPoint) ? topic.substring(mountPoint.length()) : topic;
  }
}
