package io.millrace.bench;

import io.millrace.base.config.Settings;
import io.millrace.base.runtime.Clock;
import io.millrace.bench.FoundScripts.FoundScript;
import io.millrace.engine.scripts.Config;
import io.millrace.engine.scripts.ScriptLanguage;
import io.millrace.engine.scripts.ScriptSyntaxException;
import io.millrace.engine.scripts.Scripts;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// How many of the scripts that people have written our own compiler takes.
@Command(
    name = "coverage",
    description = "Share of the scripts in some directories that run without fallback.")
final class CoverageBench implements Callable<Integer> {
  @Parameters(paramLabel = "DIRECTORY", arity = "1..*", description = "Clones to look through.")
  private List<Path> directories = List.of();

  @Override
  public Integer call() throws Exception {
    var found = new FoundScripts();
    for (var directory : directories) {
      found.addAllIn(directory);
    }
    try (var scripts = new Scripts(Settings.defaults(Config.class), Clock.SYSTEM, new Random(1))) {
      for (var language : ScriptLanguage.values()) {
        print(language, scripts, found);
      }
    }
    return 0;
  }

  private static void print(ScriptLanguage language, Scripts scripts, FoundScripts found) {
    var all = found.all().stream().filter(each -> each.language() == language).toList();
    long taken = all.stream().filter(each -> isTaken(scripts, each)).count();
    System.out.printf(
        "%s: %d of %d scripts (%.1f %%) without fallback%n",
        language, taken, all.size(), 100.0 * taken / Math.max(1, all.size()));
  }

  private static boolean isTaken(Scripts scripts, FoundScript script) {
    try {
      var compiled = scripts.compile(script.language(), script.body(), script.parameters());
      if (compiled.isFallback()) {
        System.out.printf("  fallback: %s%n", script.where());
      }
      return !compiled.isFallback();
    } catch (ScriptSyntaxException e) {
      System.out.printf("  %s: %s%n", script.where(), e.getMessage());
      return false;
    }
  }
}
