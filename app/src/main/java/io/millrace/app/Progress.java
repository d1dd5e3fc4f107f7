package io.millrace.app;

import java.io.PrintStream;
import java.util.Objects;

/// How far a command has come, as a bar on a terminal and as a line per tenth elsewhere.
final class Progress {
  private static final int BAR = 30;
  private final PrintStream out;
  private final String what;
  private final boolean isTerminal;
  private long total;
  private long done;
  private final Watcher watcher;
  private int shown = -1;

  /// Is told how much of how much is done, often.
  interface Watcher {
    void at(long done, long total);
  }

  Progress(String what) {
    this(System.err, what, isConsole());
  }

  /// One that only tells, and prints nothing.
  Progress(Watcher watcher) {
    this.out = System.err;
    this.what = "";
    this.isTerminal = false;
    this.watcher = watcher;
  }

  private static boolean isConsole() {
    var console = System.console();
    return Objects.nonNull(console) && console.isTerminal();
  }

  Progress(PrintStream out, String what, boolean isTerminal) {
    this.out = out;
    this.what = what;
    this.isTerminal = isTerminal;
    this.watcher = (_, _) -> show();
  }

  /// @param all how much there is to do; 0: nobody knows
  void begin(long all) {
    total = all;
    watcher.at(done, total);
  }

  void add(long more) {
    done += more;
    watcher.at(done, total);
  }

  void end() {
    done = total;
    watcher.at(done, total);
    if (isTerminal) {
      out.println();
    }
  }

  private void show() {
    int percent = total == 0 ? 0 : (int) Math.min(100, done * 100 / total);
    int step = isTerminal ? percent : percent / 10;
    if (step != shown) {
      shown = step;
      if (isTerminal) {
        int full = BAR * percent / 100;
        out.printf("\r%s [%s%s] %d %%", what, "#".repeat(full), ".".repeat(BAR - full), percent);
        out.flush();
      } else {
        out.printf("%s %d %%%n", what, percent);
      }
    }
  }
}
