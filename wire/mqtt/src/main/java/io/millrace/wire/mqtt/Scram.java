package io.millrace.wire.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.wire.mqtt.ScramUsers.User;
import io.millrace.wire.mqtt.codec.ReasonCode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// SCRAM-SHA-256 (RFC 5802, RFC 7677) without channel binding, for any [ScramUsers].
///
/// An unknown user is asked for a proof as a known one is, with a salt that is always the same for
/// that name, so that names cannot be tried out.
public final class Scram implements EnhancedAuthenticator {
  public static final String METHOD = "SCRAM-SHA-256";
  private static final int NONCE_BYTES = 18;
  private static final int SALT_BYTES = 16;
  private static final int ITERATIONS = 4096;

  private final ScramUsers users;
  private final Random random;
  private final byte[] secret = new byte[32];

  /// Makes it.
  ///
  /// @param random a secure one, but in tests
  public Scram(ScramUsers users, Random random) {
    this.users = users;
    this.random = random;
    random.nextBytes(secret);
  }

  @Override
  public @Nullable Talk begin(String method, ConnectRequest request) {
    return method.equals(METHOD) ? new Exchange(request) : null;
  }

  private static final Refused DENIED =
      new Refused(ReasonCode.NOT_AUTHORIZED, "no user has this name and password");

  private final class Exchange implements Talk {
    private final ConnectRequest request;
    private String clientFirst = "";
    private String serverFirst = "";
    private String header = "";
    private String nonce = "";
    private @Nullable User user;
    private boolean isKnown;

    Exchange(ConnectRequest request) {
      this.request = request;
    }

    @Override
    public void next(byte[] data, Consumer<Step> step) {
      var text = new String(data, UTF_8);
      if (nonce.isEmpty()) {
        first(text, step);
      } else {
        step.accept(last(text));
      }
    }

    private void first(String text, Consumer<Step> step) {
      int comma = text.indexOf(',', text.indexOf(',') + 1);
      if (comma < 0 || !(text.startsWith("n,") || text.startsWith("y,"))) {
        step.accept(malformed("the first message begins with n,, (no channel binding)"));
        return;
      }
      header = text.substring(0, comma + 1);
      clientFirst = text.substring(comma + 1);
      var fields = fields(clientFirst);
      var name = fields.get('n');
      var theirs = fields.get('r');
      if (name == null || theirs == null || theirs.isEmpty() || fields.containsKey('m')) {
        step.accept(malformed("the first message has a name n= and a nonce r="));
        return;
      }
      var bytes = new byte[NONCE_BYTES];
      random.nextBytes(bytes);
      nonce = theirs + base64(bytes);
      var plain = name.replace("=2C", ",").replace("=3D", "=");
      users.find(plain, request, found -> step.accept(challenge(plain, found)));
    }

    private Step challenge(String name, Optional<User> found) {
      isKnown = found.isPresent();
      var asked = found.orElseGet(() -> nobody(name));
      user = asked;
      serverFirst = "r=%s,s=%s,i=%d".formatted(nonce, base64(asked.salt()), asked.iterations());
      return new Continue(serverFirst.getBytes(UTF_8));
    }

    private Step last(String text) {
      var fields = fields(text);
      var proof = bytes(fields.getOrDefault('p', ""));
      var asked = user;
      if (asked == null || proof == null || !nonce.equals(fields.get('r'))) {
        return malformed("the last message has the nonce r= that was sent, and a proof p=");
      }
      if (!base64(header.getBytes(UTF_8)).equals(fields.get('c'))) {
        return malformed("c= is not the header of the first message");
      }
      int end = text.lastIndexOf(",p=");
      var signed = clientFirst + "," + serverFirst + "," + text.substring(0, Math.max(end, 0));
      var clientKey = xor(proof, hmac(asked.storedKey(), signed));
      boolean isRight = MessageDigest.isEqual(hash(clientKey), asked.storedKey());
      if (!isRight || !isKnown) {
        return DENIED;
      }
      var signature = "v=" + base64(hmac(asked.serverKey(), signed));
      return new Accepted(asked.principal(), signature.getBytes(UTF_8));
    }
  }

  private User nobody(String name) {
    var salt = Arrays.copyOf(hmac(secret, name), SALT_BYTES);
    return new User(Principal.ANONYMOUS, salt, ITERATIONS, hmac(secret, "1"), hmac(secret, "2"));
  }

  private static Refused malformed(String what) {
    return new Refused(ReasonCode.NOT_AUTHORIZED, METHOD + ": " + what);
  }

  private static Map<Character, String> fields(String text) {
    var fields = new HashMap<Character, String>();
    for (var field : text.split(",", -1)) {
      if (field.length() >= 2 && field.charAt(1) == '=') {
        fields.put(field.charAt(0), field.substring(2));
      }
    }
    return fields;
  }

  private static byte @Nullable [] bytes(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] xor(byte[] first, byte[] second) {
    var all = new byte[Math.min(first.length, second.length)];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (first[i] ^ second[i]);
    }
    return all;
  }

  static byte[] hmac(byte[] key, String text) {
    return ScramUsers.mac(key).doFinal(text.getBytes(UTF_8));
  }

  static byte[] hash(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256", e);
    }
  }
}
