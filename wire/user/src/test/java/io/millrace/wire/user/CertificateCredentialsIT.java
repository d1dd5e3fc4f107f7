package io.millrace.wire.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonString;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A device's certificate as people hand it in; `DeviceCertificateIT` in wire/device connects by
// it.
class CertificateCredentialsIT {
  private static final String PEM =
      """
      -----BEGIN CERTIFICATE-----
      MIIBeTCCAR+gAwIBAgIUAMu5cTQ34S181DTbYRg1aqR9kb0wCgYIKoZIzj0EAwIw
      ETEPMA0GA1UEAwwGcHVtcC03MCAXDTI2MTEyMjIxMjk0M1oYDzIxMjYxMDI5MjEy
      OTQzWjARMQ8wDQYDVQQDDAZwdW1wLTcwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
      AAR9L+xAf2/3KmHFL/2V3Kw53MIbuOp4prNZpyXaB9yswflTcjqsMkwT7FyQYO7C
      JoTrYRlbaV3y79FOsrQ5+fh/o1MwUTAdBgNVHQ4EFgQUcBvbW7YRQ+3gytvj3Jga
      NySHwMgwHwYDVR0jBBgwFoAUcBvbW7YRQ+3gytvj3JgaNySHwMgwDwYDVR0TAQH/
      BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiA2BW0JuW5jpSibSRB/XNx58aY2cUQh
      4A2sk/BmVglNKQIhAPnjelRyQYbJZG2i+tHcsSa9iGuJXHKUPvubVY/sW/uS
      -----END CERTIFICATE-----
      """;
  private static final String BASE64 = PEM.replaceAll("-----[A-Z ]+-----|\\s", "");

  /// By `grep -v ----- FILE | tr -d '\n' | openssl dgst -sha3-256`.
  private static final String SHA3 =
      "97c265f3000a57809ad4b3cace21812dfb6df367b382e525c7291051c8971f04";

  /// By `openssl x509 -noout -fingerprint -sha256 -in FILE`.
  private static final String FINGERPRINT =
      "BF:0F:10:02:11:1A:72:9C:4B:A3:72:BF:1F:C1:1A:D9:AA:CA:CA:5D:52:5C:D8:82:CF:21:CC:1B:84:83:6C:38";

  @TempDir Path directory;
  private Platform platform;
  private Client tenant;

  @BeforeEach
  void open() {
    platform = new Platform(directory);
    tenant = platform.as("a@x.example");
  }

  @AfterEach
  void close() throws Exception {
    platform.close();
  }

  @Test
  void pemIsKeptAsThingsBoardKeepsItAndFoundByItsHash() {
    var saved = save("", PEM);
    assertThat(saved.text("credentialsId")).isEqualTo(SHA3);
    assertThat(saved.text("credentialsValue")).isEqualTo(BASE64);
    // what was read can be written back, with Windows' lines as well, and as the id
    assertThat(save(SHA3, BASE64).text("credentialsId")).isEqualTo(SHA3);
    assertThat(save("", PEM.replace("\n", "\r\n")).text("credentialsId")).isEqualTo(SHA3);
    assertThat(save(PEM, "").text("credentialsValue")).isEqualTo(BASE64);
  }

  @Test
  void aFingerprintIsTakenAsOpensslPrintsIt() {
    var saved = save(FINGERPRINT, "");
    assertThat(saved.text("credentialsId"))
        .isEqualTo("bf0f1002111a729c4ba372bf1fc11ad9aacaca5d525cd882cf21cc1b84836c38");
    assertThat(saved.text("credentialsValue")).isEmpty();
  }

  @Test
  void whatIsNoCertificateIsRefusedWithTheCure() {
    assertThat(save("pump-7", "").text("message"))
        .startsWith("'credentialsId' is no fingerprint of a certificate (64 hexadecimal digits");
    assertThat(save("", PEM.replace("MIIB", "MIIC")).text("message"))
        .startsWith("'credentialsValue' holds no certificate in PEM");
    assertThat(save("", "{\"userName\":\"u\"}").text("message"))
        .startsWith("'credentialsValue' holds no certificate in PEM");
    assertThat(save("", "").text("message")).startsWith("'credentialsId' should be specified");
    assertThat(tenant.get(path()).text("credentialsType")).isEqualTo("ACCESS_TOKEN");
  }

  private String path() {
    return "/api/device/" + platform.deviceA.id().id() + "/credentials";
  }

  private Client.Answer save(String id, String value) {
    var body =
        tenant.get(path()).object().toBuilder()
            .put("credentialsType", "X509_CERTIFICATE")
            .put("credentialsId", id)
            .put("credentialsValue", value.isEmpty() ? JsonNull.NULL : new JsonString(value))
            .build();
    return tenant.post("/api/device/credentials", body.toString());
  }
}
