package io.millrace.engine.scripts;

import io.millrace.engine.scripts.compiler.Vocabulary;
import java.util.HashSet;
import java.util.Set;

/// Names of TBEL's library. A function or method that is not among them is refused when the script
/// is compiled.
final class TbelVocabulary {
  private static final Set<String> METHODS = methods();

  private TbelVocabulary() {}

  private static Set<String> methods() {
    var all = new HashSet<String>();
    all.addAll(TbelStrings.NAMES);
    all.addAll(TbelLists.NAMES);
    all.addAll(TbelMaps.NAMES);
    all.addAll(TbelRolling.NAMES);
    all.addAll(TbelStatics.NAMES);
    all.addAll(TbelMath.NAMES);
    all.addAll(DateMethods.NAMES);
    return Set.copyOf(all);
  }

  static Vocabulary taken() {
    return new Vocabulary(
        TbelFunctions::isKnown, METHODS::contains, name -> !name.startsWith("__"));
  }
}
