package io.millrace.wire.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Persistent commands over REST, with the default root chain in between; live ones need a device
/// and are tested in `app`.
class RpcApiIT {
  private static final String COMMAND = "{\"method\":\"setGpio\",\"params\":{\"pin\":1}%s}";
  @TempDir Path directory;
  private Platform platform;
  private String device;

  @BeforeEach
  void open() {
    platform = new Platform(directory);
    device = platform.deviceA.id().id().toString();
  }

  @AfterEach
  void close() throws Exception {
    platform.close();
  }

  @Test
  void aPersistentCommandIsKeptAndListedAndForgotten() {
    var a = platform.as("a@x.example");
    var kept = a.post("/api/rpc/twoway/" + device, COMMAND.formatted(",\"persistent\":true"));
    assertThat(kept.status()).isEqualTo(200);
    var id = ((JsonObject) kept.json()).text("rpcId", "");
    var rpc = (JsonObject) a.get("/api/rpc/persistent/" + id).json();
    assertThat(rpc.text("status", "")).isEqualTo("QUEUED");
    assertThat(((JsonObject) rpc.get("request")).get("body"))
        .isEqualTo(Json.parse("{\"method\":\"setGpio\",\"params\":{\"pin\":1}}"));
    var list = "/api/rpc/persistent/device/" + device + "?pageSize=10&page=0&rpcStatus=";
    assertThat(a.get(list + "QUEUED").data().size()).isEqualTo(1);
    assertThat(a.get(list + "SENT").data().size()).isZero();
    assertThat(a.delete("/api/rpc/persistent/" + id).status()).isEqualTo(200);
    assertThat(a.get("/api/rpc/persistent/" + id).status()).isEqualTo(404);
  }

  @Test
  void aBodyWithoutAMethodIs400() {
    var answer = platform.as("a@x.example").post("/api/rpc/oneway/" + device, "{\"params\":{}}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(((JsonObject) answer.json()).text("message", "")).contains("method");
  }
}
