package io.millrace.engine.security;

/// A piece of the rules' text that knows where each of its characters stands in the file.
///
/// @param source the whole file
/// @param offsets of each character of `text` in the file, and one more for its end
@SuppressWarnings("ArrayRecordComponent") // never compared
record SourceText(String source, String text, int[] offsets) {

  /// A text that is its own file, as in tests and the simulator.
  static SourceText whole(String text) {
    var offsets = new int[text.length() + 1];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = i;
    }
    return new SourceText(text, text, offsets);
  }

  /// The complaint about the character at `at` of the text.
  RulesException wrong(int at, String problem) {
    return wrongInSource(source, offsets[Math.min(at, offsets.length - 1)], problem);
  }

  int line(int at) {
    return lineOf(source, offsets[Math.min(at, offsets.length - 1)]);
  }

  static RulesException wrongInSource(String source, int offset, String problem) {
    int until = Math.min(offset, source.length());
    int lineStart = source.lastIndexOf('\n', until - 1) + 1;
    return new RulesException(lineOf(source, until), until - lineStart + 1, problem);
  }

  static int lineOf(String source, int offset) {
    int line = 1;
    for (int i = 0; i < Math.min(offset, source.length()); i++) {
      line += source.charAt(i) == '\n' ? 1 : 0;
    }
    return line;
  }
}
