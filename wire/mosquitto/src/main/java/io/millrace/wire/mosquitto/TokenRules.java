package io.millrace.wire.mosquitto;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the `acl` claim of a token grants: `{"pub": […], "sub": […], "all": […]}`, topic filters
/// with `%c` and `%u`.
record TokenRules(List<String> publish, List<String> subscribe) {

  static TokenRules of(Map<String, ?> claim, String clientId, String user) {
    var publish = new ArrayList<String>();
    var subscribe = new ArrayList<String>();
    claim.forEach(
        (name, filters) -> {
          for (var filter : filters instanceof List<?> list ? list : List.of(filters)) {
            var own = String.valueOf(filter).replace("%c", clientId).replace("%u", user);
            switch (name) {
              case "pub" -> publish.add(own);
              case "sub" -> subscribe.add(own);
              case "all" -> {
                publish.add(own);
                subscribe.add(own);
              }
              default ->
                  throw new IllegalArgumentException(
                      "the token's acl has '%s'; pub, sub and all are known".formatted(name));
            }
          }
        });
    return new TokenRules(List.copyOf(publish), List.copyOf(subscribe));
  }

  boolean mayPublish(String topic) {
    return publish.stream().anyMatch(filter -> TopicMatch.matches(filter, topic));
  }

  boolean maySubscribe(String filter) {
    return subscribe.stream().anyMatch(wider -> TopicMatch.covers(wider, filter));
  }
}
