package io.millrace.wire.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.base.config.Settings;
import io.millrace.base.model.EntityType;
import io.millrace.store.entities.CredentialsType;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.DeviceCredentials;
import io.millrace.testkit.TestCertificates;
import io.millrace.wire.mqtt.AllowAnonymous;
import io.millrace.wire.mqtt.Authorizer;
import io.millrace.wire.mqtt.BrokerStores;
import io.millrace.wire.mqtt.ListenerConfig;
import io.millrace.wire.mqtt.ListenerRules;
import io.millrace.wire.mqtt.MqttConfig;
import io.millrace.wire.mqtt.MqttServer;
import io.millrace.wire.mqtt.TlsConfig;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Devices that prove who they are by a certificate, with Paho over mutual TLS.
class DeviceCertificateIT {
  private static final char[] PASS = "sesam".toCharArray();
  @TempDir static Path folder;
  private static TestCertificates made;

  @TempDir Path directory;
  private final ArrayList<AutoCloseable> parts = new ArrayList<>();
  private DeviceHouse house;
  private MqttServer server;

  @BeforeAll
  static void certificates() {
    made =
        TestCertificates.in(folder)
            .issue("server", "localhost")
            .issue("pump", "pump-7")
            .issue("stranger", "pump-7");
    made.openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=own"
            + " -keyout own.key -out own.pem");
    for (var name : List.of("pump", "stranger", "own")) {
      made.openssl(
          "pkcs12 -export -in %1$s.pem -inkey %1$s.key -passout pass:sesam -out %1$s.p12"
              .formatted(name));
    }
  }

  @BeforeEach
  void open() throws Exception {
    var authorities = Files.createDirectory(directory.resolve("authorities"));
    Files.copy(made.authority(), authorities.resolve("ca.pem"));
    Files.copy(made.certificate("own"), authorities.resolve("own.pem"));
    house = part(new DeviceHouse(directory));
    var devices =
        part(
            new DeviceMqtt(
                house.config,
                house.entities,
                house.attributes,
                house.pipeline.ingest(),
                new GatewayDevices(house.entities, () -> house.ids.next().toString()),
                house.rpcs,
                house.questions,
                house.clock,
                house.counters));
    var tls = TlsConfig.server(made.certificate("server"), made.key("server")).mutual(authorities);
    var secure =
        ListenerConfig.tcp(
                "secure", "test", "127.0.0.1", 0, ListenerRules.anonymous(AllowAnonymous.NONE))
            .withTls(tls);
    server =
        part(
            MqttServer.open(
                Settings.defaults(MqttConfig.class),
                List.of(secure),
                part(new DeviceAuthenticator(house.entities)),
                Authorizer.ALL,
                devices,
                house.clock,
                house.scheduler,
                house.ids,
                house.counters,
                BrokerStores.NONE));
  }

  @AfterEach
  void close() throws Exception {
    for (var part : parts.reversed()) {
      part.close();
    }
  }

  @Test
  void theDeviceOfThingsBoardsHashOfTheCertificateIsItsClient() throws Exception {
    var base64 = Files.readString(made.certificate("pump")).replaceAll("-----[A-Z ]+-----|\\s", "");
    var pump = device("Pump", hash("SHA3-256", base64.getBytes(UTF_8)));
    var other = house.device("Other", "TOKEN", false);
    publish("pump", null, "{\"pressure\":4}");
    assertThat(house.latest(pump.id())).containsExactly("pressure=4");
    publish("pump", "TOKEN", "{\"pressure\":5}"); // the certificate is more specific than the name
    assertThat(house.latest(pump.id())).containsExactly("pressure=5");
    assertThat(house.latest(other.id())).isEmpty();
  }

  @Test
  void theDeviceOfItsSha256FingerprintIsItsClient() throws Exception {
    made.openssl("x509 -in pump.pem -outform der -out pump.der");
    var pump = device("Pump", hash("SHA-256", Files.readAllBytes(folder.resolve("pump.der"))));
    publish("pump", null, "{\"pressure\":4}");
    assertThat(house.latest(pump.id())).containsExactly("pressure=4");
  }

  @Test
  void aSelfSignedCertificateIsTakenWhenItLiesBesideTheAuthorities() throws Exception {
    var base64 = Files.readString(made.certificate("own")).replaceAll("-----[A-Z ]+-----|\\s", "");
    var own = device("Own", hash("SHA3-256", base64.getBytes(UTF_8)));
    publish("own", null, "{\"pressure\":9}");
    assertThat(house.latest(own.id())).containsExactly("pressure=9");
  }

  @Test
  void aCertificateThatNoDeviceHasIsRefused() throws Exception {
    var pem = Files.readString(made.certificate("pump")).replaceAll("-----[A-Z ]+-----|\\s", "");
    var id = hash("SHA3-256", pem.getBytes(UTF_8));
    var pump = device("Pump", id);
    assertThatThrownBy(() -> publish("stranger", null, "{\"pressure\":6}"))
        .isInstanceOfSatisfying(
            MqttException.class, e -> assertThat(e.getReasonCode()).isEqualTo(0x87));
    // what the hash says is in every log; only the certificate proves anything
    assertThatThrownBy(() -> publish("stranger", id, "{\"pressure\":7}"))
        .isInstanceOfSatisfying(
            MqttException.class, e -> assertThat(e.getReasonCode()).isEqualTo(0x86));
    assertThat(house.latest(pump.id())).isEmpty();
  }

  @Test
  void aCertificateThatWasTakenFromItsDeviceIsRefused() throws Exception {
    made.openssl("x509 -in pump.pem -outform der -out pump.der");
    var pump = device("Pump", hash("SHA-256", Files.readAllBytes(folder.resolve("pump.der"))));
    publish("pump", null, "{\"pressure\":4}");
    var known = house.entities.credentials().findByDevice(pump.id()).orElseThrow();
    house.entities.credentials().save(credentials(known, pump, "0".repeat(64)));
    assertThatThrownBy(() -> publish("pump", null, "{\"pressure\":8}"))
        .isInstanceOf(MqttException.class);
    assertThat(house.latest(pump.id())).containsExactly("pressure=4");
  }

  private Device device(String name, String credentialsId) {
    var device = Device.named(house.entities.newId(EntityType.DEVICE), name, house.profile);
    var fresh = house.token(device, "");
    return house.entities.devices().create(device, credentials(fresh, device, credentialsId));
  }

  private static DeviceCredentials credentials(
      DeviceCredentials known, Device device, String credentialsId) {
    return new DeviceCredentials(
        known.id(),
        known.createdTime(),
        device.tenantId(),
        device.id(),
        CredentialsType.X509_CERTIFICATE,
        credentialsId,
        "",
        known.version());
  }

  /// Connects with that certificate and returns when the message is acknowledged.
  private void publish(String certificate, String userName, String payload) throws Exception {
    var options = new MqttConnectionOptions();
    options.setSocketFactory(context(certificate).getSocketFactory());
    options.setUserName(userName);
    var uri = "ssl://localhost:" + server.ports().getFirst();
    var client = new MqttClient(uri, "paho", new MemoryPersistence());
    try {
      client.connect(options);
      client.publish("v1/devices/me/telemetry", payload.getBytes(UTF_8), 1, false);
      client.disconnect();
    } finally {
      client.close();
    }
  }

  private static SSLContext context(String certificate) throws Exception {
    var own = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(folder.resolve(certificate + ".p12"))) {
      own.load(file, PASS);
    }
    var keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, PASS);
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(
        "ca",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(made.authority()))));
    var trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static String hash(String algorithm, byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
  }

  private <T extends AutoCloseable> T part(T part) {
    parts.add(part);
    return part;
  }
}
