package io.millrace.wire.mqtt;

import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// The users whom SCRAM-SHA-256 can prove.
@FunctionalInterface
public interface ScramUsers {
  /// Looks a user up. Called on an event loop and must not block; `user` is called once, from any
  /// thread.
  void find(String name, ConnectRequest request, Consumer<Optional<User>> user);

  /// What the server knows of a user: enough to check a proof, not enough to make one.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record User(
      Principal principal, byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {
    private static final int KEY_BITS = 256;

    /// Of a password that is known in clear.
    public static User of(Principal principal, char[] password, byte[] salt, int iterations) {
      try {
        var spec = new PBEKeySpec(password, salt, iterations, KEY_BITS);
        var salted =
            SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
        var clientKey = Scram.hmac(salted, "Client Key");
        return new User(
            principal, salt, iterations, Scram.hash(clientKey), Scram.hmac(salted, "Server Key"));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("This Java has no PBKDF2WithHmacSHA256", e);
      }
    }
  }

  /// A MAC with that key.
  static Mac mac(byte[] key) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no HmacSHA256", e);
    }
  }
}
