package io.millrace.engine.access;

import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/// The secret that signs tokens: made once, kept in the store, never shown.
final class SigningKey {
  private static final byte[] KEY = "access/signingKey".getBytes(StandardCharsets.UTF_8);
  private static final int BYTES = 64; // HS512 wants as many bits as its hash has

  private SigningKey() {}

  static byte[] of(CommitStore store, RandomGenerator random) {
    var known = store.get(Family.META, KEY);
    if (known != null) {
      return known;
    }
    var made = new byte[BYTES];
    random.nextBytes(made);
    try (var commit = store.begin()) {
      commit.put(Family.META, KEY, made);
      commit.write();
    }
    return made;
  }
}
