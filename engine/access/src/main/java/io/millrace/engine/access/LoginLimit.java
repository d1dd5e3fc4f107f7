package io.millrace.engine.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.base.runtime.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/// Slows down guessing: counts failures per account and address, and per address over all accounts.
///
/// Counting per account alone would let anybody lock somebody else out. What is remembered is
/// bounded; when it is full, the least used entries go.
final class LoginLimit {
  private static final int ENTRIES_MAX = 50_000;
  private static final int ACCOUNTS_PER_ADDRESS = 10;

  private record Failures(int count, long sinceNanos) {}

  private final int failuresMax;
  private final Duration window;
  private final Clock clock;
  private final Cache<String, Failures> failures;

  LoginLimit(int failuresMax, Duration window, Clock clock) {
    this.failuresMax = failuresMax;
    this.window = window;
    this.clock = clock;
    this.failures =
        Caffeine.newBuilder()
            .maximumSize(ENTRIES_MAX)
            .expireAfterWrite(window)
            .ticker(clock::nanos)
            .executor(Runnable::run)
            .build();
  }

  /// Seconds to wait before the next attempt; empty when it may be made now.
  OptionalLong waitSeconds(String account, String address) {
    long nanos =
        Math.max(
            waitNanos(key(account, address), failuresMax),
            waitNanos(key(address), failuresMax * ACCOUNTS_PER_ADDRESS));
    return nanos <= 0 ? OptionalLong.empty() : OptionalLong.of(nanos / 1_000_000_000 + 1);
  }

  void failed(String account, String address) {
    count(key(account, address));
    count(key(address));
  }

  void succeeded(String account, String address) {
    failures.invalidate(key(account, address));
  }

  private void count(String key) {
    failures
        .asMap()
        .merge(
            key,
            new Failures(1, clock.nanos()),
            (old, _) -> new Failures(old.count + 1, clock.nanos()));
  }

  private long waitNanos(String key, int max) {
    var known = failures.getIfPresent(key);
    return known == null || known.count < max
        ? 0
        : known.sinceNanos + window.toNanos() - clock.nanos();
  }

  private static String key(String account, String address) {
    return account.toLowerCase(Locale.ROOT) + '\n' + address;
  }

  private static String key(String address) {
    return '\n' + address;
  }
}
