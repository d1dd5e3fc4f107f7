package io.millrace.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class CallSignatureTest {
  private static final long MOMENT = Instant.parse("2015-08-30T12:36:00Z").toEpochMilli();

  /// Amazon's published example "get-vanilla".
  @Test
  void amazonsExampleHasAmazonsSignature() {
    var headers =
        CallSignature.headers(
            json(
                "{\"type\":\"aws4\",\"service\":\"service\",\"region\":\"us-east-1\",\"key\":\"AKIDEXAMPLE\",\"secret\":\"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY\"}"),
            "GET",
            URI.create("https://example.amazonaws.com/"),
            "",
            MOMENT);
    assertThat(headers).containsEntry("X-Amz-Date", "20150830T123600Z");
    assertThat(headers.get("Authorization"))
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                + " SignedHeaders=host;x-amz-date,"
                + " Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
  }

  @Test
  void azuresTokenNamesTheResourceAndItsEnd() {
    var headers =
        CallSignature.headers(
            json(
                "{\"type\":\"azureSas\",\"resource\":\"hub.azure-devices.net/devices/d\",\"key\":\"a2V5\"}"),
            "POST",
            URI.create("https://hub.azure-devices.net/"),
            "",
            MOMENT);
    assertThat(headers.get("Authorization"))
        .startsWith("SharedAccessSignature sr=hub.azure-devices.net%2Fdevices%2Fd&sig=")
        .endsWith("&se=" + (MOMENT / 1000 + 3600));
  }

  private static JsonObject json(String text) {
    return (JsonObject) Json.parse(text);
  }
}
