package io.millrace.wire.mosquitto;

import io.millrace.wire.mqtt.Client;
import io.millrace.wire.mqtt.Principal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The rules of a Mosquitto ACL file.
///
/// Denials are looked at before what is granted; a topic that nothing grants is denied. Rules
/// before the first `user` line are for clients without a user name; patterns are for all.
record AclRules(Map<String, List<Rule>> users, List<Rule> anonymous, List<Rule> patterns) {

  enum Access {
    READ,
    WRITE,
    READWRITE,
    DENY;

    boolean grants(Access asked) {
      return this == READWRITE || this == asked;
    }
  }

  record Rule(Access access, String filter) {
    Rule of(String clientId, String user) {
      return new Rule(access, filter.replace("%c", clientId).replace("%u", user));
    }
  }

  static AclRules parse(Path file, List<String> lines) {
    var users = new HashMap<String, List<Rule>>();
    var anonymous = new ArrayList<Rule>();
    var patterns = new ArrayList<Rule>();
    List<Rule> current = anonymous;
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      var words = line.split("\\s+", 2);
      var rest = words.length < 2 ? "" : words[1].strip();
      switch (words[0]) {
        case "user" -> {
          if (rest.isEmpty()) {
            throw FileFault.at(file, i + 1, "'user' without a name");
          }
          current = users.computeIfAbsent(rest, _ -> new ArrayList<>());
        }
        case "topic" -> current.add(rule(rest, file, i + 1));
        case "pattern" -> patterns.add(rule(rest, file, i + 1));
        default ->
            throw FileFault.at(
                file,
                i + 1,
                "'%s' is not known; a line begins with topic, user or pattern".formatted(words[0]));
      }
    }
    return new AclRules(Map.copyOf(users), List.copyOf(anonymous), List.copyOf(patterns));
  }

  boolean allows(Client client, String topic, Access asked) {
    boolean isAnonymous = client.principal().equals(Principal.ANONYMOUS);
    var user = isAnonymous ? "" : client.principal().name();
    var own = isAnonymous ? anonymous : users.getOrDefault(user, List.of());
    if (denies(own, topic)) {
      return false;
    }
    return grants(own, topic, asked) || byPattern(client.clientId(), user, topic, asked);
  }

  /// False when every message that the filter could bring is denied by one `deny` rule. Mosquitto
  /// grants such a subscription and keeps all its messages back; here the client is told.
  boolean maySubscribe(Client client, String filter) {
    boolean isAnonymous = client.principal().equals(Principal.ANONYMOUS);
    var user = isAnonymous ? "" : client.principal().name();
    var own = isAnonymous ? anonymous : users.getOrDefault(user, List.of());
    return own.stream()
        .noneMatch(rule -> rule.access == Access.DENY && TopicMatch.covers(rule.filter, filter));
  }

  private boolean byPattern(String clientId, String user, String topic, Access asked) {
    // Mosquitto: names with wildcards in them must not widen a pattern
    if (patterns.isEmpty() || isWild(clientId) || isWild(user)) {
      return false;
    }
    var own = new ArrayList<Rule>(patterns.size());
    for (var pattern : patterns) {
      if (!user.isEmpty() || !pattern.filter.contains("%u")) {
        own.add(pattern.of(clientId, user));
      }
    }
    return !denies(own, topic) && grants(own, topic, asked);
  }

  private static boolean isWild(String name) {
    return name.indexOf('+') >= 0 || name.indexOf('#') >= 0 || name.indexOf('/') >= 0;
  }

  private static boolean denies(List<Rule> rules, String topic) {
    for (var rule : rules) {
      if (rule.access == Access.DENY && TopicMatch.matches(rule.filter, topic)) {
        return true;
      }
    }
    return false;
  }

  private static boolean grants(List<Rule> rules, String topic, Access asked) {
    for (var rule : rules) {
      if (rule.access.grants(asked) && TopicMatch.matches(rule.filter, topic)) {
        return true;
      }
    }
    return false;
  }

  private static Rule rule(String rest, Path file, int line) {
    var words = rest.split("\\s+", 2);
    var access = access(words[0]);
    var filter = access == null ? rest : words.length < 2 ? "" : words[1].strip();
    var fault = TopicMatch.fault(filter);
    if (!fault.isEmpty()) {
      throw FileFault.at(file, line, "'%s' is no topic filter: %s".formatted(filter, fault));
    }
    return new Rule(access == null ? Access.READWRITE : access, filter);
  }

  private static @org.jspecify.annotations.Nullable Access access(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "read" -> Access.READ;
      case "write" -> Access.WRITE;
      case "readwrite" -> Access.READWRITE;
      case "deny" -> Access.DENY;
      default -> null;
    };
  }
}
