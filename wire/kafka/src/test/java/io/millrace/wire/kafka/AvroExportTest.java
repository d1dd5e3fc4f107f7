package io.millrace.wire.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.millrace.base.config.Settings;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.engine.rules.SettingsBinder;
import io.millrace.wire.schemas.RegistryConfig;
import io.millrace.wire.schemas.SchemaRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class AvroExportTest {
  private final ExportSettings settings =
      SettingsBinder.bind(
          ExportSettings.class,
          JsonObject.builder()
              .put("telemetryTopic", "t")
              .put("format", "AVRO")
              .put("registryUrl", "http://registry:8081")
              .build());

  @Test
  void whatIsExportedReadsBack() throws IOException {
    var json =
        """
        {"deviceId":"i","deviceName":"n","deviceType":"p","ts":1767225600000,\
        "values":{"a":-5,"b":2.5,"c":true,"d":"x"}}\
        """;
    var export = new AvroExport((subject, _) -> subject.equals("t-value") ? 9 : 0, settings);
    var bytes = export.of(ExportKind.TELEMETRY, json);
    assertThat(readBack(bytes)).isEqualTo(json);
  }

  /// With the schema that the export registers, kept under its id by a registry.
  private static String readBack(byte[] value) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var server = HttpServer.create(address, 0);
    var reply = JsonObject.builder().put("schema", AvroExport.TELEMETRY).build();
    server.createContext(
        "/schemas/ids/9",
        exchange -> {
          var body = Json.bytes(reply);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      var url = "http://127.0.0.1:" + server.getAddress().getPort();
      var registry = new SchemaRegistry(Settings.defaults(RegistryConfig.class));
      return registry.read(SchemaRegistry.Place.of(url, "", ""), value).toString();
    } finally {
      server.stop(0);
    }
  }
}
