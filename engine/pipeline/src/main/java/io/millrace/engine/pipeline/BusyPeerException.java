package io.millrace.engine.pipeline;

import io.millrace.base.json.JsonObject;
import java.io.IOException;
import java.time.Duration;

/// The peer answered, but so that trying again may help: "too many requests", "unavailable".
public final class BusyPeerException extends IOException {
  private static final long serialVersionUID = 1;
  private final transient JsonObject result;
  private final Duration retryAfter;

  /// Carries what the rule chain gets when this was the last try.
  ///
  /// @param result as in [io.millrace.engine.rules.Answer]
  /// @param retryAfter what the peer asked for, or zero
  public BusyPeerException(String message, JsonObject result, Duration retryAfter) {
    super(message);
    this.result = result;
    this.retryAfter = retryAfter;
  }

  public JsonObject result() {
    return result;
  }

  public Duration retryAfter() {
    return retryAfter;
  }
}
