package io.millrace.wire.realtime;

import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Scheduler;
import io.millrace.store.realtime.RealtimeStore;
import io.millrace.wire.http.HttpServer;
import java.util.random.RandomGenerator;

/// The port that speaks Firebase's Realtime Database protocol.
public final class RealtimeApi implements AutoCloseable {
  private RealtimeApi() {}

  /// Opens the port; returns when it accepts connections.
  ///
  /// @param isAdmin whether a bearer or `access_token` is an administrator's
  public static RealtimeApi open(
      HttpServer http,
      String bindAddress,
      Config config,
      RealtimeStore store,
      AdminTokens isAdmin,
      Clock clock,
      Scheduler scheduler,
      RandomGenerator random,
      Counters counters) {
    throw new IllegalStateException("soon");
  }

  /// The port that was opened, also when 0 was asked for.
  public int port() {
    throw new IllegalStateException("soon");
  }

  @Override
  public void close() {}

  /// Whether a token is an administrator's; answers at once.
  @FunctionalInterface
  public interface AdminTokens {
    boolean isAdmin(String token);
  }
}
