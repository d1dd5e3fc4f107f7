package io.millrace.wire.mosquitto;

import java.security.SecureRandom;

/// Makes the hashes of password files.
public final class PasswordHashes {
  /// What Mosquitto 2.1 uses; 2.0 uses 101.
  public static final int PBKDF2_ITERATIONS = 1000;

  private final String algorithm;
  private final int iterations;
  private final SecureRandom random;

  /// With one kind of hash.
  ///
  /// @param algorithm `sha512-pbkdf2`, `argon2id` or `sha512`
  public PasswordHashes(String algorithm, int iterations, SecureRandom random) {
    if (iterations < 1 || iterations > PasswordHash.PBKDF2_ITERATIONS_MAX) {
      throw new FileFault(
          "-I %d: 1 to %d iterations are possible"
              .formatted(iterations, PasswordHash.PBKDF2_ITERATIONS_MAX));
    }
    this.algorithm = algorithm;
    this.iterations = iterations;
    this.random = random;
  }

  public String of(String password) {
    return PasswordHash.of(algorithm, password, iterations, random).text();
  }
}
