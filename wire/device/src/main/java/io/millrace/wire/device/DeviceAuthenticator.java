package io.millrace.wire.device;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.runtime.Threads;
import io.millrace.store.entities.CredentialsType;
import io.millrace.store.entities.DeviceCredentials;
import io.millrace.store.entities.EntityStore;
import io.millrace.wire.mqtt.Authenticator;
import io.millrace.wire.mqtt.ConnectDecision;
import io.millrace.wire.mqtt.ConnectRequest;
import io.millrace.wire.mqtt.codec.ReasonCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Recognises devices by access token (the user name), MQTT basic credentials or certificate.
///
/// Looks up on virtual threads, a bounded number at once. A client that gives no user name and
/// whose client identifier is no device's is anonymous.
public final class DeviceAuthenticator implements Authenticator, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DeviceAuthenticator.class);
  private static final int LOOKUPS_MAX = 1_000;

  private final EntityStore entities;
  private final ExecutorService threads = Threads.virtual("device-auth");
  private final Semaphore free = new Semaphore(LOOKUPS_MAX);

  public DeviceAuthenticator(EntityStore entities) {
    this.entities = entities;
  }

  @Override
  public void authenticate(ConnectRequest request, Consumer<ConnectDecision> decision) {
    if (!free.tryAcquire()) {
      decision.accept(busy("Too many clients connect at once; try again in a second"));
      return;
    }
    try {
      threads.execute(() -> decide(request, decision));
    } catch (RejectedExecutionException stopping) {
      free.release();
      decision.accept(busy("Millrace is stopping; try again in a moment"));
    }
  }

  private void decide(ConnectRequest request, Consumer<ConnectDecision> decision) {
    ConnectDecision decided;
    try {
      decided = decide(request);
    } catch (RuntimeException e) {
      log.error("The credentials of client {} could not be looked up", request.clientId(), e);
      decided = busy("The server cannot check credentials now; its log has the details");
    } finally {
      free.release();
    }
    decision.accept(decided);
  }

  private ConnectDecision decide(ConnectRequest request) {
    var credentials = find(request);
    if (credentials.isPresent()) {
      return accept(credentials.get());
    }
    return request.userName().filter(name -> !name.isEmpty()).isEmpty()
        ? new ConnectDecision.Anonymous()
        : new ConnectDecision.NotMine();
  }

  private ConnectDecision accept(DeviceCredentials credentials) {
    return entities
        .devices()
        .find(credentials.deviceId())
        .<ConnectDecision>map(
            device -> new ConnectDecision.Accepted(new DevicePrincipal(credentials, device)))
        .orElseGet(
            () ->
                new ConnectDecision.Refused(
                    ReasonCode.NOT_AUTHORIZED, "The device of these credentials was deleted"));
  }

  // ThingsBoard: the most specific first, ids of MQTT basic credentials are hashes
  private Optional<DeviceCredentials> find(ConnectRequest request) {
    var client = request.clientId();
    var user = request.userName().orElse("");
    var found = byCertificate(request);
    if (!user.isEmpty()) {
      found =
          found.or(() -> named(sha3(client + "|" + user), request)).or(() -> named(user, request));
    }
    return found.or(() -> named(sha3(client), request));
  }

  /// X.509 credentials are found by a hash of the client's own certificate: ThingsBoard's, which is
  /// SHA3-256 of its base64 text, or the SHA-256 fingerprint that `openssl x509` prints.
  private Optional<DeviceCredentials> byCertificate(ConnectRequest request) {
    var encoded = request.certificate().map(DeviceAuthenticator::encoded);
    return encoded
        .flatMap(der -> withCertificate(sha3(Base64.getEncoder().encodeToString(der))))
        .or(() -> encoded.flatMap(der -> withCertificate(hash("SHA-256", der))));
  }

  private Optional<DeviceCredentials> withCertificate(String credentialsId) {
    return entities
        .credentials()
        .findByCredentialsId(credentialsId)
        .filter(credentials -> credentials.type() == CredentialsType.X509_CERTIFICATE);
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("TLS has decoded it", e);
    }
  }

  private Optional<DeviceCredentials> named(String credentialsId, ConnectRequest request) {
    return entities
        .credentials()
        .findByCredentialsId(credentialsId)
        .filter(credentials -> proves(credentials, request));
  }

  private static boolean proves(DeviceCredentials credentials, ConnectRequest request) {
    return switch (credentials.type()) {
      case ACCESS_TOKEN -> credentials.credentialsId().equals(request.userName().orElse(""));
      case MQTT_BASIC -> provesBasic(basic(credentials), request);
      case X509_CERTIFICATE -> false;
    };
  }

  private static boolean provesBasic(JsonObject basic, ConnectRequest request) {
    var password = basic.text("password", "").getBytes(StandardCharsets.UTF_8);
    return matches(basic.text("clientId", ""), request.clientId())
        && matches(basic.text("userName", ""), request.userName().orElse(""))
        && (password.length == 0
            || MessageDigest.isEqual(password, request.password().orElse(new byte[0])));
  }

  private static boolean matches(String wanted, String given) {
    return wanted.isEmpty() || wanted.equals(given);
  }

  private static JsonObject basic(DeviceCredentials credentials) {
    try {
      return Json.parse(credentials.credentialsValue()) instanceof JsonObject object
          ? object
          : impossible();
    } catch (JsonSyntaxException damaged) {
      log.warn("The MQTT basic credentials of {} cannot be read", credentials.deviceId());
      return impossible();
    }
  }

  /// No client has it: the identifier in CONNECT is never NUL.
  private static JsonObject impossible() {
    return JsonObject.builder().put("clientId", "\0").build();
  }

  static String sha3(String text) {
    return hash("SHA3-256", text.getBytes(StandardCharsets.UTF_8));
  }

  private static String hash(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has " + algorithm, e);
    }
  }

  private static ConnectDecision busy(String reason) {
    return new ConnectDecision.Refused(ReasonCode.SERVER_BUSY, reason);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
