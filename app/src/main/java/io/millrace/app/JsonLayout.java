package io.millrace.app;

/// JSON over several lines, as `mosquitto_sub --pretty` prints it: tabs, a line for each member,
/// arrays on one line.
final class JsonLayout {
  private final String json;
  private final StringBuilder out = new StringBuilder();
  private final StringBuilder open = new StringBuilder(); // what is open, as { and [

  private JsonLayout(String json) {
    this.json = json;
  }

  /// @param json as we print it: without spaces between its parts
  static String of(String json) {
    return new JsonLayout(json).laidOut();
  }

  private String laidOut() {
    for (int at = 0; at < json.length(); at++) {
      char c = json.charAt(at);
      switch (c) {
        case '"' -> {
          int end = endOfText(at);
          out.append(json, at, end + 1);
          at = end;
        }
        case '{', '[' -> {
          open.append(c);
          out.append(c);
          line(c == '{');
        }
        case '}', ']' -> {
          open.setLength(open.length() - 1);
          line(c == '}');
          out.append(c);
        }
        case ',' -> {
          boolean inObject = open.charAt(open.length() - 1) == '{';
          out.append(inObject ? "," : ", ");
          line(inObject);
        }
        case ':' -> out.append(":\t");
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  private void line(boolean isWanted) {
    if (isWanted) {
      out.append('\n').append("\t".repeat(open.length()));
    }
  }

  private int endOfText(int begin) {
    int at = begin + 1;
    while (json.charAt(at) != '"') {
      at += json.charAt(at) == '\\' ? 2 : 1;
    }
    return at;
  }
}
