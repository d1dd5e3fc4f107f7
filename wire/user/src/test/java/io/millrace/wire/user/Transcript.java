package io.millrace.wire.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Requests and answers written down and compared with a golden file; `-Dgolden=update` rewrites
/// it, for a person to read the diff. Ids become `#1`, `#2`, … in order of appearance.
final class Transcript {
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final String NULL_UUID = "13814000-1dd2-11b2-8080-808080808080";

  private final StringBuilder text = new StringBuilder();
  private final Map<String, String> names = new HashMap<>();

  Client.Answer get(Client client, String path) {
    return written("GET " + path, "", client.get(path));
  }

  Client.Answer post(Client client, String path, String body) {
    return written("POST " + path, body, client.post(path, body));
  }

  Client.Answer delete(Client client, String path) {
    return written("DELETE " + path, "", client.delete(path));
  }

  private Client.Answer written(String request, String body, Client.Answer answer) {
    text.append("### ").append(request).append('\n');
    if (!body.isEmpty()) {
      text.append(body).append('\n');
    }
    text.append("--> ").append(answer.status()).append('\n');
    write(answer.json(), "");
    text.append("\n\n");
    return answer;
  }

  void matches(String name) throws IOException {
    var file = Path.of("src/test/resources/golden/" + name + ".txt");
    var actual = UUID_TEXT.matcher(text).replaceAll(match -> shortName(match.group()));
    if (System.getProperty("golden", "").equals("update")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(file));
  }

  private String shortName(String id) {
    return id.equals(NULL_UUID)
        ? "#none"
        : names.computeIfAbsent(id, _ -> "#" + (names.size() + 1));
  }

  /// Objects over several lines, small ones and lists of plain values on one.
  private void write(JsonValue value, String indent) {
    switch (value) {
      case JsonObject object when !isSmall(object) -> {
        text.append("{\n");
        for (int i = 0; i < object.size(); i++) {
          text.append(indent).append("  \"").append(object.name(i)).append("\": ");
          write(object.value(i), indent + "  ");
          text.append(i + 1 < object.size() ? ",\n" : "\n");
        }
        text.append(indent).append('}');
      }
      case JsonArray array when !isSmall(array) -> {
        text.append("[\n");
        for (int i = 0; i < array.size(); i++) {
          text.append(indent).append("  ");
          write(array.get(i), indent + "  ");
          text.append(i + 1 < array.size() ? ",\n" : "\n");
        }
        text.append(indent).append(']');
      }
      default -> text.append(value);
    }
  }

  private static boolean isSmall(JsonValue value) {
    return value.toString().length() < 90;
  }
}
