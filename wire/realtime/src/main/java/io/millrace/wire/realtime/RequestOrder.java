package io.millrace.wire.realtime;

import io.millrace.base.json.JsonObject;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/// Lets the requests of one session take effect in the order they came in.
///
/// Writes go on while others are being made durable, they queue at the database. Whoever looks at
/// the tree has to wait for the writes that were asked for before, and with it whatever came later.
/// Used by the session's loop only.
final class RequestOrder {
  private final Consumer<JsonObject> handler;
  private final int heldMax;
  private final ArrayDeque<JsonObject> held = new ArrayDeque<>();
  private int writing;
  private boolean isHalted;

  /// @param heldMax most requests that may wait
  RequestOrder(int heldMax, Consumer<JsonObject> handler) {
    this.heldMax = heldMax;
    this.handler = handler;
  }

  /// Handles the request now or in its turn; whether there was room.
  boolean take(JsonObject request) {
    if (held.isEmpty() && !isHalted && !hasToWait(request)) {
      handler.accept(request);
      return true;
    }
    return held.size() < heldMax && held.add(request);
  }

  private boolean hasToWait(JsonObject request) {
    return writing > 0
        && switch (request.text("a", "")) {
          case "q", "g", "o", "om" -> true; // these look at the tree
          default -> false;
        };
  }

  void writeBegan() {
    writing++;
  }

  void writeEnded() {
    writing--;
    handleHeld();
  }

  /// Nothing more is handled for now: a request is being prepared elsewhere.
  void halt() {
    isHalted = true;
  }

  void goOn() {
    isHalted = false;
    handleHeld();
  }

  private void handleHeld() {
    while (!held.isEmpty() && !isHalted && !hasToWait(held.getFirst())) {
      handler.accept(held.removeFirst());
    }
  }

  /// Handles what waits without waiting any longer: the client has gone.
  void finish() {
    while (!held.isEmpty()) {
      handler.accept(held.removeFirst());
    }
  }
}
