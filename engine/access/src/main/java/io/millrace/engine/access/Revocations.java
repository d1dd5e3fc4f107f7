package io.millrace.engine.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.base.model.EntityId;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/// Tokens that are no good although their time is not up: of sessions that were signed out, and of
/// users whose password changed since. Kept in the store, so that a restart forgives nobody.
final class Revocations {
  private static final String SESSION = "access/ended/";
  private static final String USER = "access/since/";
  private static final int CACHED_MAX = 20_000;
  private static final long NEVER = Long.MIN_VALUE;

  private final CommitStore store;
  private final Cache<String, Long> cache = Caffeine.newBuilder().maximumSize(CACHED_MAX).build();

  /// Opens and forgets sessions that ended before `nowMs` by themselves.
  Revocations(CommitStore store, long nowMs) {
    this.store = store;
    forgetExpired(nowMs);
  }

  /// @param untilMs when the session's last token expires anyway
  void endSession(String sessionId, long untilMs) {
    set(SESSION + sessionId, untilMs);
  }

  /// From now on only tokens issued at `sinceMs` or later are good.
  void endAll(EntityId userId, long sinceMs) {
    set(USER + userId.id(), sinceMs);
  }

  /// Whether the user's password was changed since the account was made.
  boolean hasChangedPassword(EntityId userId) {
    return get(USER + userId.id()) != NEVER;
  }

  boolean isRevoked(TokenIssuer.Claims claims) {
    return get(SESSION + claims.sessionId()) != NEVER
        || claims.issuedAt() < get(USER + claims.userId().id());
  }

  private long get(String key) {
    return cache.get(key, this::read);
  }

  private Long read(String key) {
    var stored = store.get(Family.META, key.getBytes(StandardCharsets.UTF_8));
    return stored == null ? NEVER : ByteBuffer.wrap(stored).getLong();
  }

  private void set(String key, long value) {
    try (var commit = store.begin()) {
      var bytes = ByteBuffer.allocate(Long.BYTES).putLong(value).array();
      commit.put(Family.META, key.getBytes(StandardCharsets.UTF_8), bytes);
      commit.write();
    }
    cache.invalidate(key);
  }

  private void forgetExpired(long nowMs) {
    var expired = new ArrayList<byte[]>();
    var first = SESSION.getBytes(StandardCharsets.UTF_8);
    store.scan(
        Family.META,
        first,
        CommitStore.after(first),
        (key, value) -> {
          if (ByteBuffer.wrap(value).getLong() < nowMs) {
            expired.add(key);
          }
          return true;
        });
    try (Commit commit = store.begin()) {
      expired.forEach(key -> commit.delete(Family.META, key));
      commit.write();
    }
  }
}
