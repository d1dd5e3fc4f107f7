package io.millrace.engine.pipeline;

import io.millrace.base.json.JsonObject;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.OutsideCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who delivers calls of which kind; filled before the start, then only read.
final class Deliveries {
  private final Map<String, Delivery> outside = new HashMap<>();
  private final Map<String, List<EmbeddedDelivery>> embedded = new HashMap<>();

  Deliveries() {
    outside.put(OutsideCall.HOP, (_, _) -> new Answer(true, JsonObject.EMPTY));
  }

  void add(String kind, Delivery delivery) {
    outside.put(kind, delivery);
  }

  void add(String kind, EmbeddedDelivery delivery) {
    embedded.computeIfAbsent(kind, _ -> new ArrayList<>()).add(delivery);
  }

  /// Whom a call goes to; calls to one peer share limits.
  ///
  /// @param isInside it is this process: never dead, so senders can be made to wait for it
  record Address(String peer, boolean isInside) {}

  Address address(OutsideCall call) {
    if (call.kind().equals(OutsideCall.HOP) || embeddedFor(call) != null) {
      return new Address(call.kind() + " (inside)", true);
    }
    return new Address(call.kind() + " " + outsidePeer(call), false);
  }

  private String outsidePeer(OutsideCall call) {
    var delivery = outside.get(call.kind());
    try {
      return delivery == null ? "(nobody)" : delivery.peer(call);
    } catch (RuntimeException notReadable) {
      return "(no address)"; // deliver() will say what is wrong with it
    }
  }

  Answer deliver(OutboxEntry entry, EmbeddedDelivery.Settlement settlement) throws IOException {
    var call = entry.call();
    var inside = embeddedFor(call);
    if (inside != null) {
      return inside.deliver(call, entry.id().toString(), settlement);
    }
    var delivery = outside.get(call.kind());
    if (delivery == null) {
      throw new IOException(
          "Nothing in this process delivers calls of the kind '%s'; is its feature switched off?"
              .formatted(call.kind()));
    }
    return delivery.deliver(call, entry.id().toString());
  }

  private @Nullable EmbeddedDelivery embeddedFor(OutsideCall call) {
    for (var candidate : embedded.getOrDefault(call.kind(), List.of())) {
      if (candidate.takes(call)) {
        return candidate;
      }
    }
    return null;
  }
}
