package io.millrace.wire.schemas;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The messages of `.proto` files, proto2 and proto3; services, options and groups are passed over.
final class ProtoFile {
  private static final Pattern TOKEN =
      Pattern.compile(
          "//[^\\n]*|/\\*.*?\\*/|\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'"
              + "|[A-Za-z_.][\\w.]*|-?\\d[\\w.+-]*|\\S",
          Pattern.DOTALL);

  /// What many schemas import.
  private static final String WELL_KNOWN =
      """
      syntax = "proto3"; package google.protobuf;
      message Timestamp { int64 seconds = 1; int32 nanos = 2; }
      message Duration { int64 seconds = 1; int32 nanos = 2; }
      message DoubleValue { double value = 1; } message FloatValue { float value = 1; }
      message Int64Value { int64 value = 1; } message UInt64Value { uint64 value = 1; }
      message Int32Value { int32 value = 1; } message UInt32Value { uint32 value = 1; }
      message BoolValue { bool value = 1; } message StringValue { string value = 1; }
      message BytesValue { bytes value = 1; } message Empty {}
      """;

  /// @param hasDefault a value that is not sent is its type's zero
  record Field(String name, String type, boolean isRepeated, boolean isMap, boolean hasDefault) {}

  /// A message; its fields by number, the messages inside it in their order.
  record Message(String fullName, Map<Integer, Field> fields, List<Message> inner) {}

  private final Map<String, Message> messages = new LinkedHashMap<>();
  private final Map<String, Map<Long, String>> enums = new LinkedHashMap<>();
  private final List<Message> top = new ArrayList<>();
  private Deque<String> tokens = new ArrayDeque<>();
  private boolean isProto3;

  private ProtoFile() {}

  /// The messages of a file, with those of the files that it imports.
  ///
  /// @throws PoisonException when the text is not such a file
  static ProtoFile parse(String text, List<String> references) {
    var file = new ProtoFile();
    file.read(WELL_KNOWN);
    references.forEach(file::read);
    file.top.clear();
    file.read(text);
    return file;
  }

  /// The message that Confluent's index path means: which of the file's, which inside it, ….
  Message at(List<Integer> path) {
    var level = top;
    Message found = null;
    for (int index : path) {
      if (index < 0 || index >= level.size()) {
        throw new PoisonException("The schema has no message " + path);
      }
      found = level.get(index);
      level = found.inner;
    }
    if (found == null) {
      throw new PoisonException("The value names no message");
    }
    return found;
  }

  /// The message that `type` means inside of `scope`.
  Optional<Message> message(String scope, String type) {
    return Optional.ofNullable(resolve(messages, scope, type));
  }

  /// The names of the enumeration that `type` means inside of `scope`.
  Optional<Map<Long, String>> symbols(String scope, String type) {
    return Optional.ofNullable(resolve(enums, scope, type));
  }

  private static <T> @org.jspecify.annotations.Nullable T resolve(
      Map<String, T> all, String scope, String type) {
    if (type.startsWith(".")) {
      return all.get(type.substring(1));
    }
    for (var outer = scope; ; outer = outer.substring(0, Math.max(outer.lastIndexOf('.'), 0))) {
      var found = all.get(outer.isEmpty() ? type : outer + "." + type);
      if (found != null || outer.isEmpty()) {
        return found;
      }
    }
  }

  private void read(String text) {
    tokens = new ArrayDeque<>();
    var matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      var token = matcher.group();
      if (!token.startsWith("//") && !token.startsWith("/*")) {
        tokens.add(token);
      }
    }
    isProto3 = false;
    var scope = "";
    while (!tokens.isEmpty()) {
      var word = next();
      switch (word) {
        case "syntax" -> isProto3 = statement().contains("\"proto3\"");
        case "package" -> scope = statement().getFirst();
        case "message" -> top.add(message(scope));
        case "enum" -> enumeration(scope);
        case "service", "extend" -> block();
        case ";" -> {}
        default -> statement(); // import, option
      }
    }
  }

  private Message message(String scope) {
    var name = scope.isEmpty() ? next() : scope + "." + next();
    var message = new Message(name, new LinkedHashMap<>(), new ArrayList<>());
    messages.put(name, message);
    expect("{");
    body(message, false);
    return message;
  }

  private void body(Message message, boolean isOneof) {
    for (var word = next(); !word.equals("}"); word = next()) {
      switch (word) {
        case "message" -> message.inner.add(message(message.fullName));
        case "enum" -> enumeration(message.fullName);
        case "oneof" -> {
          next();
          expect("{");
          body(message, true);
        }
        case "extend", "group" -> block();
        case "option", "reserved", "extensions" -> statement();
        case ";" -> {}
        case "repeated" -> field(message, next(), true, false);
        case "optional", "required" -> field(message, next(), false, false);
        case "map" -> map(message);
        default -> field(message, word, false, isProto3 && !isOneof);
      }
    }
  }

  private void field(Message message, String type, boolean isRepeated, boolean hasDefault) {
    var name = next();
    expect("=");
    message.fields.put(number(next()), new Field(name, type, isRepeated, false, hasDefault));
    statement();
  }

  /// A map is a repeated message of key (1) and value (2).
  private void map(Message message) {
    expect("<");
    var keyType = next();
    expect(",");
    var valueType = next();
    expect(">");
    var name = next();
    expect("=");
    var entry = message.fullName + "." + name + ".Entry";
    var fields = new LinkedHashMap<Integer, Field>();
    fields.put(1, new Field("key", keyType, false, false, true));
    fields.put(2, new Field("value", valueType, false, false, true));
    messages.put(entry, new Message(entry, fields, List.of()));
    message.fields.put(number(next()), new Field(name, "." + entry, true, true, false));
    statement();
  }

  private void enumeration(String scope) {
    var name = scope.isEmpty() ? next() : scope + "." + next();
    var symbols = new LinkedHashMap<Long, String>();
    expect("{");
    for (var word = next(); !word.equals("}"); word = next()) {
      if (word.equals("option") || word.equals("reserved")) {
        statement();
      } else if (!word.equals(";")) {
        expect("=");
        symbols.putIfAbsent((long) number(next()), word);
        statement();
      }
    }
    enums.put(name, symbols);
  }

  /// The words up to the semicolon.
  private List<String> statement() {
    var words = new ArrayList<String>();
    for (var word = next(); !word.equals(";"); word = next()) {
      words.add(word);
      if (word.equals("{")) {
        close();
      }
    }
    return words;
  }

  private void block() {
    while (!next().equals("{")) {
      // its name
    }
    close();
  }

  private void close() {
    for (int depth = 1; depth > 0; ) {
      var word = next();
      depth += word.equals("{") ? 1 : word.equals("}") ? -1 : 0;
    }
  }

  private void expect(String wanted) {
    var found = next();
    if (!found.equals(wanted)) {
      throw new PoisonException(
          "The Protobuf schema has \"%s\" where \"%s\" belongs".formatted(found, wanted));
    }
  }

  private String next() {
    var token = tokens.poll();
    if (token == null) {
      throw new PoisonException("The Protobuf schema ends too early");
    }
    return token;
  }

  private static int number(String token) {
    try {
      return Integer.decode(token);
    } catch (NumberFormatException e) {
      throw new PoisonException("\"%s\" is no number of a field".formatted(token));
    }
  }
}
