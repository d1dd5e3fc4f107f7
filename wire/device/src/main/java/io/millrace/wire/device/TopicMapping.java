package io.millrace.wire.device;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// One rule that brings plain topics into the platform. Immutable.
///
/// In one line: `sensors/{device}/{key} -> device {device} key {key}`; the words after the device
/// are optional, in any order:
///
/// - `json` (what is assumed): the payload is an object, its members are the keys
/// - `key NAME`: the payload is one value
/// - `value PATH`: where in a JSON payload the object, or the value, is
/// - `time PATH`: where its time is: milliseconds or seconds since 1970, or an ISO time
/// - `attributes`: client attributes instead of telemetry
/// - `profile NAME`: of devices that are made; `existing`: none are made
/// - `tenant NAME`: whose devices they are; else the oldest tenant's
///
/// @param id empty for one of the settings file
public record TopicMapping(
    String id,
    String topic,
    String device,
    String key,
    String value,
    String time,
    boolean isAttributes,
    String profile,
    boolean creates,
    String tenant) {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final Pattern HOLE = Pattern.compile("\\{([^{}]*)}");

  /// Checks the parts.
  ///
  /// @throws IllegalArgumentException saying what is wrong
  public TopicMapping {
    var names = TopicPattern.of(topic).names();
    if (device.isBlank()) {
      throw new IllegalArgumentException(
          "The mapping of '%s' names no device: write device \"NAME\" or device {name}"
              .formatted(topic));
    }
    check(device, names);
    check(key, names);
    JsonPlace.of(value);
    JsonPlace.of(time);
  }

  private static void check(String template, List<String> names) {
    var holes = HOLE.matcher(template);
    while (holes.find()) {
      if (!names.contains(holes.group(1))) {
        throw new IllegalArgumentException(
            "'%s' asks for {%s}, which the topic pattern does not have; it has %s"
                .formatted(template, holes.group(1), names));
      }
    }
  }

  /// Reads the line form.
  ///
  /// @throws IllegalArgumentException saying what is wrong
  public static TopicMapping parse(String line) {
    int arrow = line.indexOf("->");
    if (arrow < 0) {
      throw new IllegalArgumentException(
          "'%s' is no mapping; write TOPIC -> device NAME, as in sensors/{device} -> device {device}"
              .formatted(line));
    }
    var parts =
        JsonObject.builder().put("topic", line.substring(0, arrow).strip()).put("create", true);
    var words = words(line.substring(arrow + 2));
    for (int i = 0; i < words.size(); i++) {
      var word = words.get(i);
      switch (word) {
        case "json", "telemetry" -> {}
        case "attributes" -> parts.put("target", "attributes");
        case "existing" -> parts.put("create", false);
        case "device", "key", "value", "time", "profile", "tenant" -> {
          if (++i == words.size()) {
            throw new IllegalArgumentException("'%s': nothing follows %s".formatted(line, word));
          }
          parts.put(word, words.get(i));
        }
        default ->
            throw new IllegalArgumentException(
                "'%s': '%s' is not one of device, key, value, time, json, telemetry, attributes, profile, existing, tenant"
                    .formatted(line, word));
      }
    }
    return of("", parts.build());
  }

  /// Reads the JSON form; a member `line` is the line form.
  ///
  /// @throws IllegalArgumentException saying what is wrong
  public static TopicMapping of(String id, JsonObject json) {
    if (json.has("line")) {
      return parse(json.text("line", "")).withId(id);
    }
    var target = json.text("target", "telemetry");
    if (!target.equals("telemetry") && !target.equals("attributes")) {
      throw new IllegalArgumentException(
          "'target' is '%s', not telemetry or attributes".formatted(target));
    }
    return new TopicMapping(
        id,
        json.text("topic", ""),
        json.text("device", ""),
        json.text("key", ""),
        json.text("value", ""),
        json.text("time", ""),
        target.equals("attributes"),
        json.text("profile", "default"),
        json.get("create") != JsonBoolean.FALSE,
        json.text("tenant", ""));
  }

  public JsonObject toJson() {
    return JsonObject.builder()
        .put("id", id)
        .put("topic", topic)
        .put("device", device)
        .put("key", key)
        .put("value", value)
        .put("time", time)
        .put("target", isAttributes ? "attributes" : "telemetry")
        .put("profile", profile)
        .put("create", creates)
        .put("tenant", tenant)
        .build();
  }

  TopicMapping withId(String other) {
    return new TopicMapping(
        other, topic, device, key, value, time, isAttributes, profile, creates, tenant);
  }

  /// A template with its holes filled.
  static String filled(String template, Map<String, String> names) {
    return HOLE.matcher(template)
        .replaceAll(
            hole ->
                java.util.regex.Matcher.quoteReplacement(names.getOrDefault(hole.group(1), "")));
  }

  private static List<String> words(String text) {
    var words = new ArrayList<String>();
    var found = WORD.matcher(text);
    while (found.find()) {
      words.add(found.group(1) == null ? found.group(2) : found.group(1));
    }
    return words;
  }
}
