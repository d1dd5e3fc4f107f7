package io.millrace.engine.security;

import java.util.List;

/// A regular expression as an automaton that reads a string once: the time is at most length times
/// size, whatever the pattern and the string.
///
/// Steps as in Thompson's construction; all places the automaton may be at are followed together.
final class LinearPattern {
  sealed interface Step {
    record Take(CharacterSet set) implements Step {}

    /// Goes on at both.
    record Split(int first, int second) implements Step {}

    record Jump(int to) implements Step {}

    record Match() implements Step {}
  }

  private final List<Step> program;
  private final boolean fromStart;
  private final boolean toEnd;
  private final boolean ignoresCase;

  LinearPattern(List<Step> program, boolean fromStart, boolean toEnd, boolean ignoresCase) {
    this.program = List.copyOf(program);
    this.fromStart = fromStart;
    this.toEnd = toEnd;
    this.ignoresCase = ignoresCase;
  }

  /// Steps, which bound the work for each character.
  int size() {
    return program.size();
  }

  /// Whether it matches anywhere in `text`, or where it is anchored.
  boolean matches(String text) {
    var now = new Places(program.size());
    var next = new Places(program.size());
    for (int i = 0; ; i++) {
      if (i == 0 || !fromStart) {
        now.add(0);
      }
      if (now.isMatch && (!toEnd || i == text.length())) {
        return true;
      }
      if (i == text.length() || (now.count == 0 && fromStart)) {
        return false;
      }
      advance(now, next, text.charAt(i));
      var done = now;
      now = next;
      next = done;
      next.clear();
    }
  }

  private void advance(Places now, Places next, char c) {
    for (int k = 0; k < now.count; k++) {
      int place = now.places[k];
      if (program.get(place) instanceof Step.Take(var set) && set.takes(c, ignoresCase)) {
        next.add(place + 1);
      }
    }
  }

  /// A set of places with the order in which they were added.
  private final class Places {
    private final int[] places;
    private final int[] marks;
    private final int[] open;
    private int mark = 1;
    private int count;
    private boolean isMatch;

    Places(int size) {
      places = new int[size];
      marks = new int[size];
      open = new int[2 * size + 2];
    }

    void clear() {
      mark++;
      count = 0;
      isMatch = false;
    }

    /// Adds a place and all that can be reached from it without a character.
    void add(int start) {
      int waiting = 0;
      open[waiting++] = start;
      while (waiting > 0) {
        int place = open[--waiting];
        if (marks[place] == mark) {
          continue;
        }
        marks[place] = mark;
        switch (program.get(place)) {
          case Step.Take _ -> places[count++] = place;
          case Step.Split(int first, int second) -> {
            open[waiting++] = second;
            open[waiting++] = first;
          }
          case Step.Jump(int to) -> open[waiting++] = to;
          case Step.Match _ -> isMatch = true;
        }
      }
    }
  }
}
