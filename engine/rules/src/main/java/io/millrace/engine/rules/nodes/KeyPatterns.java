package io.millrace.engine.rules.nodes;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Names given as regular expressions, each matched against a whole name.
final class KeyPatterns {
  private final List<Pattern> patterns;

  private KeyPatterns(List<Pattern> patterns) {
    this.patterns = patterns;
  }

  static KeyPatterns of(List<String> texts) {
    return new KeyPatterns(texts.stream().map(KeyPatterns::compile).toList());
  }

  boolean match(String name) {
    for (var pattern : patterns) {
      if (pattern.matcher(name).matches()) {
        return true;
      }
    }
    return false;
  }

  private static Pattern compile(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "The key pattern \"%s\" is not a regular expression: %s. Correct it."
              .formatted(text, e.getDescription()),
          e);
    }
  }
}
