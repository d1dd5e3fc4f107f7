package io.millrace.engine.scripts;

import io.millrace.engine.scripts.compiler.Vocabulary;
import java.util.HashSet;
import java.util.Set;

/// Names of TBEL's library. A method that is not among them is refused when the script is compiled;
/// a function fails when it is called, as in ThingsBoard: converters of makers hold such calls.
final class TbelVocabulary {
  private static final Set<String> METHODS = methods();

  private TbelVocabulary() {}

  private static Set<String> methods() {
    var all = new HashSet<String>();
    all.addAll(TbelStrings.NAMES);
    all.addAll(TbelLists.NAMES);
    all.addAll(TbelSets.NAMES);
    all.addAll(TbelMaps.NAMES);
    all.addAll(TbelRolling.NAMES);
    all.addAll(TbelStatics.NAMES);
    all.addAll(TbelMath.NAMES);
    all.addAll(DateMethods.NAMES);
    all.addAll(TbelDates.NAMES);
    all.add("memorySize");
    return Set.copyOf(all);
  }

  static Vocabulary taken() {
    return new Vocabulary(
        name -> !name.equals("eval"), METHODS::contains, name -> !name.startsWith("__"));
  }
}
