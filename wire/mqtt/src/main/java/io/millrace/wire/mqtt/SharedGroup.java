package io.millrace.wire.mqtt;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The members of one shared subscription; each message goes to one of them, in turn.
final class SharedGroup {
  private final AtomicInteger turn = new AtomicInteger();
  private volatile Route[] members = {};

  Route[] members() {
    return members;
  }

  /// Adds or replaces; under the index's lock.
  @Nullable Route put(Route route) {
    var before = remove(route.session());
    var more = Arrays.copyOf(members, members.length + 1);
    more[more.length - 1] = route;
    members = more;
    return before;
  }

  /// Under the index's lock.
  @Nullable Route remove(Session session) {
    var all = members;
    for (int i = 0; i < all.length; i++) {
      if (all[i].session() == session) {
        var fewer = Arrays.copyOf(all, all.length - 1);
        System.arraycopy(all, i + 1, fewer, i, all.length - 1 - i);
        members = fewer;
        return all[i];
      }
    }
    return null;
  }

  /// The next member that takes messages now; else the next that keeps them for later.
  ///
  /// @param except not this one, unless there is no other
  @Nullable Route next(@Nullable Session except) {
    var all = members; // [MQTT-4.8.2-4] one copy to one member
    if (all.length == 0) {
      return null;
    }
    int start = Math.floorMod(turn.getAndIncrement(), all.length);
    Route spare = null;
    for (int i = 0; i < all.length; i++) {
      var route = all[(start + i) % all.length];
      if (route.session() == except) {
        continue;
      }
      if (route.session().isReady()) {
        return route;
      }
      spare = spare == null || route.session().isOnline() ? route : spare;
    }
    return spare;
  }
}
