package io.millrace.engine.security;

import java.util.List;
import java.util.Map;

/// JSON with comments, with the place of every value.
sealed interface RulesJson {
  /// Where it begins in the file.
  int offset();

  record Members(int offset, Map<String, RulesJson> values, Map<String, Integer> nameOffsets)
      implements RulesJson {}

  record Items(int offset, List<RulesJson> values) implements RulesJson {}

  record Text(int offset, SourceText text) implements RulesJson {}

  record Flag(int offset, boolean value) implements RulesJson {}

  /// A number or null, which nothing in a rules file may be.
  record Other(int offset, String text) implements RulesJson {}
}
