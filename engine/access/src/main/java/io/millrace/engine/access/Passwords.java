package io.millrace.engine.access;

import com.password4j.Argon2Function;
import com.password4j.BadParametersException;
import com.password4j.BcryptFunction;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/// Hashes of passwords: Argon2id for those we make; bcrypt is understood too, as ThingsBoard has
/// it.
///
/// A hash costs time and memory on purpose, so only [#AT_ONCE] are computed at once; the others
/// wait their turn.
final class Passwords {
  private static final int AT_ONCE = 2;
  private static final int WAITING_MAX = 32;
  private static final int ITERATIONS = 2; // with 19 MiB: OWASP's first choice for Argon2id
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  // no 0/O, 1/l/I: read off a terminal and typed in
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  private static final int GENERATED_LENGTH = 16; // 56^16: 93 bits

  private final Argon2Function argon2;
  private final RandomGenerator random;
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final String nobody;

  Passwords(int memoryKb, RandomGenerator random) {
    this.argon2 = Argon2Function.getInstance(memoryKb, ITERATIONS, 1, HASH_BYTES, Argon2.ID);
    this.random = random;
    this.nobody = hash(generate());
  }

  /// Whether so many wait for their turn that another one should come again later.
  boolean isBusy() {
    return free.getQueueLength() >= WAITING_MAX;
  }

  String hash(String password) {
    var salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    free.acquireUninterruptibly();
    try {
      return argon2.hash(password.getBytes(StandardCharsets.UTF_8), salt).getResult();
    } finally {
      free.release();
    }
  }

  boolean matches(String password, String hash) {
    free.acquireUninterruptibly();
    try {
      return hash.startsWith("$2")
          ? BcryptFunction.getInstanceFromHash(hash).check(password, hash)
          : Argon2Function.getInstanceFromHash(hash).check(password, hash);
    } catch (BadParametersException notAHash) {
      return false;
    } finally {
      free.release();
    }
  }

  /// Takes as long as [#matches], so that the time does not tell whether there is such a user.
  void matchNobody(String password) {
    var _ = matches(password, nobody);
  }

  String generate() {
    var password = new StringBuilder(GENERATED_LENGTH);
    for (int i = 0; i < GENERATED_LENGTH; i++) {
      password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return password.toString();
  }
}
