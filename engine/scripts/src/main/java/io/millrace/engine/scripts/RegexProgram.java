package io.millrace.engine.scripts;

import io.millrace.engine.scripts.compiler.RegexTranslator;
import java.util.regex.Pattern;

/// A compiled regular expression; shared by all runs.
record RegexProgram(Pattern pattern, String source, String flags) {
  static RegexProgram of(String source, String flags) {
    return new RegexProgram(RegexTranslator.translate(source, flags), source, flags);
  }

  boolean isGlobal() {
    return flags.indexOf('g') >= 0;
  }
}
