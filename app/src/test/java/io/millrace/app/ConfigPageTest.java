package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.config.SettingsDoc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigPageTest {
  private static final Path PAGE = Path.of("..", "docs", "config.md");

  /// `-Dgolden=update` rewrites the page; a person reads the difference.
  @Test
  void theReferencePageSaysWhatTheCodeDoes() throws IOException {
    var page = SettingsDoc.markdown(MillraceConfig.rooms());
    if ("update".equals(System.getProperty("golden"))) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  @Test
  void theNamesThatOtherThingsRelyOnAreThere() {
    assertThat(SettingsDoc.markdown(MillraceConfig.rooms()))
        .contains(
            "| `data.dir` | `./millrace-data` |",
            "| `bind.address` |",
            "| `mqtt.port` | `1883` |",
            "| `mqtt.extraPorts` |",
            "| `mqtt.websocket.port` | `9001` |",
            "| `http.port` | `8080` |",
            "| `realtime.port` | `9000` |");
  }
}
