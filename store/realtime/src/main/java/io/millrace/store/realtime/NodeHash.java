package io.millrace.store.realtime;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;

/// The SDKs' hash: SHA-1 over a text of the value, its priority and the children's hashes.
final class NodeHash {
  private static final HexFormat HEX = HexFormat.of();
  private static final Base64.Encoder BASE64 = Base64.getEncoder();

  private NodeHash() {}

  static byte[] of(Node node) {
    var text = new StringBuilder();
    if (node.hasPriority()) {
      text.append("priority:");
      appendScalar(node.priority(), text);
      text.append(':');
    }
    switch (node) {
      case Leaf leaf -> appendScalar(leaf.value(), text);
      case Branch branch -> appendChildren(branch, text);
    }
    return sha1(text.toString());
  }

  /// A leaf as it stands in a [CompoundHash]: the same, but strings are quoted.
  static void appendRangeText(Leaf leaf, StringBuilder text) {
    if (leaf.hasPriority()) {
      text.append("priority:");
      appendRangeScalar(leaf.priority(), text);
      text.append(':');
    }
    appendRangeScalar(leaf.value(), text);
  }

  private static void appendRangeScalar(JsonValue value, StringBuilder text) {
    if (value instanceof JsonString(var string)) {
      text.append("string:");
      appendQuoted(string, text);
    } else {
      appendScalar(value, text);
    }
  }

  static void appendQuoted(String string, StringBuilder text) {
    text.append('"').append(string.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
  }

  /// The hash of a text as the SDKs write it.
  static String base64(String text) {
    return BASE64.encodeToString(sha1(text));
  }

  private static void appendChildren(Branch branch, StringBuilder text) {
    if (!branch.hasPrioritizedChildren()) {
      for (var child : branch) {
        appendChild(child, text);
      }
      return;
    }
    var byPriority = new ArrayList<Child>(branch.size());
    branch.forEach(byPriority::add);
    byPriority.sort(QueryIndex.BY_PRIORITY);
    byPriority.forEach(child -> appendChild(child, text));
  }

  private static void appendChild(Child child, StringBuilder text) {
    text.append(':').append(child.key()).append(':');
    text.append(BASE64.encodeToString(child.node().hashBytes()));
  }

  private static void appendScalar(JsonValue value, StringBuilder text) {
    switch (value) {
      case JsonBoolean flag -> text.append("boolean:").append(flag);
      case JsonLong(var number) -> appendNumber((double) number, text); // RTDB: hashed as double
      case JsonDouble(var number) -> appendNumber(number, text);
      case JsonString(var string) -> text.append("string:").append(string);
      default -> throw new IllegalArgumentException("Not a leaf value: " + value);
    }
  }

  private static void appendNumber(double number, StringBuilder text) {
    text.append("number:").append(HEX.toHexDigits(Double.doubleToLongBits(number)));
  }

  private static byte[] sha1(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-1");
      return digest.digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-1", e);
    }
  }
}
