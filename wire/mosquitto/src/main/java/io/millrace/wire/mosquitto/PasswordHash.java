package io.millrace.wire.mosquitto;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.millrace.wire.mqtt.Principal;
import io.millrace.wire.mqtt.ScramUsers;
import io.millrace.wire.mqtt.UserPrincipal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The hashes of Mosquitto's password files.
sealed interface PasswordHash {
  int PBKDF2_ITERATIONS_MAX = 10_000_000;
  Pattern ARGON2 =
      Pattern.compile(
          "\\$argon2(id|i|d)\\$v=(\\d+)\\$m=(\\d{1,7}),t=(\\d{1,4}),p=(\\d{1,3})\\$([^$]+)\\$([^$]+)");

  boolean matches(byte[] password);

  /// As it stands in the file.
  String text();

  /// `$6$salt$hash`: SHA-512 of password and salt, as Mosquitto up to 1.6 wrote.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Sha512(byte[] salt, byte[] hash) implements PasswordHash {
    static Sha512 of(byte[] password, SecureRandom random) {
      var salt = bytes(12, random);
      return new Sha512(salt, digest(password, salt));
    }

    @Override
    public boolean matches(byte[] password) {
      return MessageDigest.isEqual(hash, digest(password, salt));
    }

    @Override
    public String text() {
      return "$6$%s$%s".formatted(base64(salt), base64(hash));
    }

    private static byte[] digest(byte[] password, byte[] salt) {
      try {
        var sha = MessageDigest.getInstance("SHA-512");
        sha.update(password);
        return sha.digest(salt);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("Every JDK has SHA-512", e);
      }
    }
  }

  /// `$7$iterations$salt$hash`: PBKDF2 with HMAC-SHA-512, as Mosquitto 2.0 writes.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Pbkdf2(int iterations, byte[] salt, byte[] hash) implements PasswordHash {
    static Pbkdf2 of(byte[] password, int iterations, SecureRandom random) {
      var salt = bytes(12, random);
      return new Pbkdf2(iterations, salt, derive(password, salt, iterations));
    }

    @Override
    public boolean matches(byte[] password) {
      return MessageDigest.isEqual(hash, derive(password, salt, iterations));
    }

    @Override
    public String text() {
      return "$7$%d$%s$%s".formatted(iterations, base64(salt), base64(hash));
    }

    /// RFC 8018 section 5.2 for one block; done here because Java's own takes characters only.
    private static byte[] derive(byte[] password, byte[] salt, int iterations) {
      try {
        var mac = Mac.getInstance("HmacSHA512");
        // an empty key is the same as one zero byte: HMAC pads with zeros
        mac.init(new SecretKeySpec(password.length == 0 ? new byte[1] : password, "HmacSHA512"));
        mac.update(salt);
        var step = mac.doFinal(new byte[] {0, 0, 0, 1});
        var sum = step.clone();
        for (int i = 1; i < iterations; i++) {
          step = mac.doFinal(step);
          for (int j = 0; j < sum.length; j++) {
            sum[j] ^= step[j];
          }
        }
        return sum;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("Every JDK has HmacSHA512", e);
      }
    }
  }

  /// `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, as Mosquitto 2.1 writes by default.
  record Argon(String text) implements PasswordHash {
    static Argon of(byte[] password, SecureRandom random) {
      var function = Argon2Function.getInstance(47_104, 1, 1, 32, Argon2.ID);
      return new Argon(function.hash(password, bytes(16, random)).getResult());
    }

    @Override
    public boolean matches(byte[] password) {
      var found = ARGON2.matcher(text);
      if (!found.matches()) {
        return false;
      }
      var hash = unpadded(found.group(7));
      var type =
          switch (found.group(1)) {
            case "id" -> Argon2.ID;
            case "i" -> Argon2.I;
            default -> Argon2.D;
          };
      var function =
          Argon2Function.getInstance(
              Integer.parseInt(found.group(3)),
              Integer.parseInt(found.group(4)),
              Integer.parseInt(found.group(5)),
              hash.length,
              type,
              Integer.parseInt(found.group(2)));
      return MessageDigest.isEqual(
          hash, function.hash(password, unpadded(found.group(6))).getBytes());
    }
  }

  /// `$scram-sha-256$iterations$salt$storedKey$serverKey`, the parts of RFC 5803: proves
  /// passwords and SCRAM alike. Mosquitto does not know it.
  record ScramKeys(ScramUsers.User user) implements PasswordHash {
    private static final int ITERATIONS = 4096;

    static ScramKeys of(byte[] password, byte[] salt, int iterations) {
      var characters = new String(password, StandardCharsets.UTF_8).toCharArray();
      return new ScramKeys(ScramUsers.User.of(Principal.ANONYMOUS, characters, salt, iterations));
    }

    @Override
    public boolean matches(byte[] password) {
      if (password.length == 0) {
        return false;
      }
      var other = of(password, user.salt(), user.iterations()).user;
      return MessageDigest.isEqual(user.storedKey(), other.storedKey());
    }

    @Override
    public String text() {
      return "$scram-sha-256$%d$%s$%s$%s"
          .formatted(
              user.iterations(),
              base64(user.salt()),
              base64(user.storedKey()),
              base64(user.serverKey()));
    }

    /// For SCRAM, under the name that the file has.
    ScramUsers.User named(String name) {
      return new ScramUsers.User(
          new UserPrincipal(name),
          user.salt(),
          user.iterations(),
          user.storedKey(),
          user.serverKey());
    }
  }

  /// Reads what stands behind the colon.
  ///
  /// @throws IllegalArgumentException when it is no hash; the message completes "the password …"
  static PasswordHash parse(String text) {
    var parts = text.split("\\$", -1);
    try {
      if (text.startsWith("$6$") && parts.length == 4) {
        return new Sha512(decode(parts[2]), decode(parts[3]));
      } else if (text.startsWith("$7$") && parts.length == 5) {
        return pbkdf2(Integer.parseInt(parts[2]), decode(parts[3]), decode(parts[4]));
      } else if (text.startsWith("$scram-sha-256$") && parts.length == 6) {
        return scram(parts);
      } else if (ARGON2.matcher(text).matches()) {
        return new Argon(text);
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("has a damaged hash", e);
    }
    throw new IllegalArgumentException(
        text.startsWith("$")
            ? "has a damaged hash, or one of an unknown kind ($6$, $7$ and $argon2id$ are known)"
            : "stands there in plain text");
  }

  private static Pbkdf2 pbkdf2(int iterations, byte[] salt, byte[] hash) {
    if (iterations < 1 || iterations > PBKDF2_ITERATIONS_MAX) {
      throw new IllegalArgumentException(
          "has %d iterations; 1 to %d are possible".formatted(iterations, PBKDF2_ITERATIONS_MAX));
    }
    return new Pbkdf2(iterations, salt, hash);
  }

  private static ScramKeys scram(String[] parts) {
    int iterations = Integer.parseInt(parts[2]);
    if (iterations < 1 || iterations > PBKDF2_ITERATIONS_MAX) {
      throw new IllegalArgumentException("has a damaged hash");
    }
    return new ScramKeys(
        new ScramUsers.User(
            Principal.ANONYMOUS, decode(parts[3]), iterations, decode(parts[4]), decode(parts[5])));
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("has a damaged hash", e);
    }
  }

  private static byte[] unpadded(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] bytes(int count, SecureRandom random) {
    var all = new byte[count];
    random.nextBytes(all);
    return all;
  }

  /// For `-H` of `millrace passwd`.
  ///
  /// @throws IllegalArgumentException when the name is not known
  static PasswordHash of(String algorithm, String password, int iterations, SecureRandom random) {
    var secret = password.getBytes(StandardCharsets.UTF_8);
    try {
      return switch (algorithm) {
        case "sha512" -> Sha512.of(secret, random);
        case "sha512-pbkdf2" -> Pbkdf2.of(secret, iterations, random);
        case "scram-sha-256" -> ScramKeys.of(secret, bytes(16, random), ScramKeys.ITERATIONS);
        case "argon2id" -> Argon.of(secret, random);
        default ->
            throw new IllegalArgumentException(
                "-H %s is no hash: sha512-pbkdf2, argon2id, sha512 or scram-sha-256"
                    .formatted(algorithm));
      };
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }
}
