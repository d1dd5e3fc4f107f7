package io.millrace.bench;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.scripts.ScriptLanguage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Every script that directories hold: in rule chains, converters and calculated fields (JSON), in
/// documentation (Markdown) and in ThingsBoard's own tests of TBEL (Java). Each text once.
final class FoundScripts {
  private static final List<String> MESSAGE = List.of("msg", "metadata", "msgType");
  private static final List<String> UPLINK = List.of("payload", "metadata");
  private static final List<String> DOWNLINK =
      List.of("msg", "metadata", "msgType", "integrationMetadata");
  private static final Map<String, Kind> MEMBERS =
      Map.of(
          "jsScript", new Kind(ScriptLanguage.JS, MESSAGE),
          "alarmDetailsBuildJs", new Kind(ScriptLanguage.JS, MESSAGE),
          "decoder", new Kind(ScriptLanguage.JS, UPLINK),
          "encoder", new Kind(ScriptLanguage.JS, DOWNLINK),
          "tbelScript", new Kind(ScriptLanguage.TBEL, MESSAGE),
          "alarmDetailsBuildTbel", new Kind(ScriptLanguage.TBEL, MESSAGE),
          "tbelDecoder", new Kind(ScriptLanguage.TBEL, UPLINK),
          "tbelEncoder", new Kind(ScriptLanguage.TBEL, DOWNLINK));
  private static final Pattern FENCED =
      Pattern.compile("(?s)```(?:javascript|tbel)\\n(.*?)\\n *```");
  private static final Pattern JAVA_TEXT =
      Pattern.compile("(?s)(?:decoderStr|script) = \"\"\"\\n(.*?)\"\"\"\\s*;");

  private final Map<String, FoundScript> found = new LinkedHashMap<>();

  private record Kind(ScriptLanguage language, List<String> parameters) {}

  /// @param where the file that it was first found in
  record FoundScript(ScriptLanguage language, List<String> parameters, String body, Path where) {}

  void addAllIn(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        var name = file.getFileName().toString();
        if (name.endsWith(".json")) {
          addJson(file);
        } else if (name.endsWith(".md") && !file.toString().contains("/widget")) { // UI scripts
          addBlocks(file, FENCED);
        } else if (name.startsWith("Tbel") && name.endsWith("Test.java")) {
          addBlocks(file, JAVA_TEXT);
        }
      }
    }
  }

  Collection<FoundScript> all() {
    return found.values();
  }

  private void addJson(Path file) throws IOException {
    try {
      walk(Json.parse(Files.readAllBytes(file)), file);
    } catch (JsonSyntaxException e) {
      System.err.printf("%s is not JSON: %s%n", file, e.getMessage());
    }
  }

  private void walk(JsonValue value, Path file) {
    if (value instanceof JsonArray array) {
      array.values().forEach(each -> walk(each, file));
    } else if (value instanceof JsonObject object) {
      calculated(object, file);
      object.forEach(
          (name, member) -> {
            var kind = MEMBERS.get(name);
            if (kind != null && member instanceof JsonString(var body)) {
              add(kind, body, file);
            }
            walk(member, file);
          });
    }
  }

  /// ThingsBoard's calculated field: its arguments are the parameters, after `ctx`.
  private void calculated(JsonObject field, Path file) {
    if (field.text("type", "").equals("SCRIPT")
        && field.get("configuration") instanceof JsonObject configuration
        && configuration.get("arguments") instanceof JsonObject arguments) {
      var parameters = new ArrayList<String>();
      parameters.add("ctx");
      arguments.forEach((name, _) -> parameters.add(name));
      add(new Kind(ScriptLanguage.TBEL, parameters), configuration.text("expression", ""), file);
    }
  }

  /// Only what is a whole script: a page also shows types and fragments.
  private void addBlocks(Path file, Pattern blocks) throws IOException {
    var text = Files.readString(file, StandardCharsets.UTF_8);
    boolean isTbel =
        file.toString().endsWith(".java")
            || file.toString().contains("tbel")
            || file.toString().contains("calculated");
    var kind = new Kind(isTbel ? ScriptLanguage.TBEL : ScriptLanguage.JS, MESSAGE);
    var matcher = blocks.matcher(text);
    while (matcher.find()) {
      var body = matcher.group(1).replace("{:copy-code}", "");
      if (body.contains("return") && body.contains(";") && !body.contains("?: ")) {
        add(kind, file.toString().endsWith(".java") ? body.translateEscapes() : body, file);
      }
    }
  }

  private void add(Kind kind, String body, Path file) {
    if (!body.isBlank()) {
      found.putIfAbsent(
          kind.language() + body.strip(),
          new FoundScript(kind.language(), kind.parameters(), body, file));
    }
  }
}
