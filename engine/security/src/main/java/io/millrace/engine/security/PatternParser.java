package io.millrace.engine.security;

import io.millrace.engine.security.CharacterSet.Range;
import io.millrace.engine.security.LinearPattern.Step;
import java.util.ArrayList;
import java.util.List;

/// Reads the service's small dialect of patterns.
///
/// Characters, classes of them (s, w, d and their opposites), sets, groups, branches, repetitions;
/// `^` only first and `$` only last. No look-around, no back-references.
final class PatternParser {
  private static final int STEPS_MAX = 10_000;
  private static final int EMITTED_MAX = 100_000;
  private static final int REPEAT_MAX = 1_000;
  private static final int DEPTH_MAX = 100;
  private static final String AFTER_NOTHING = "|)(?+}{*"; // literal where nothing can be meant

  /// Makes a complaint about a place in the pattern.
  @FunctionalInterface
  interface Complaint {
    RulesException at(int place, String problem);
  }

  /// What a pattern is made of, before it becomes steps.
  private sealed interface Part {
    record One(CharacterSet set) implements Part {}

    record Sequence(List<Part> parts) implements Part {}

    record Choice(List<Part> branches) implements Part {}

    /// @param max -1 for any number
    record Repeat(Part part, int min, int max) implements Part {}
  }

  private final String pattern;
  private final Complaint complaint;
  private final List<Step> program = new ArrayList<>();
  private int at;
  private int depth;
  private int emitted;

  private PatternParser(String pattern, Complaint complaint) {
    this.pattern = pattern;
    this.complaint = complaint;
  }

  /// @throws RulesException made by `complaint`
  static LinearPattern parse(String pattern, String flags, Complaint complaint) {
    if (!flags.isEmpty() && !flags.equals("i")) {
      throw complaint.at(
          pattern.length() + 1, "The only flag of a pattern is i, not '" + flags + "'");
    }
    return new PatternParser(pattern, complaint).pattern(flags.equals("i"));
  }

  private LinearPattern pattern(boolean ignoresCase) {
    boolean fromStart = pattern.startsWith("^");
    at = fromStart ? 1 : 0;
    var whole = choice(!fromStart);
    boolean toEnd = at < pattern.length() && pattern.charAt(at) == '$';
    at += toEnd ? 1 : 0;
    if (at < pattern.length()) {
      throw wrong("'" + pattern.charAt(at) + "' cannot stand here in a pattern");
    }
    emit(whole);
    add(new Step.Match());
    return new LinearPattern(program, fromStart, toEnd, ignoresCase);
  }

  private Part choice(boolean mayBeginWithSign) {
    var branches = new ArrayList<Part>();
    branches.add(sequence(mayBeginWithSign));
    while (at < pattern.length() && pattern.charAt(at) == '|') {
      at++;
      branches.add(sequence(false));
    }
    return branches.size() == 1 ? branches.getFirst() : new Part.Choice(branches);
  }

  private Part sequence(boolean mayBeginWithSign) {
    var parts = new ArrayList<Part>();
    if (mayBeginWithSign && at < pattern.length() && isLiteralSign()) {
      parts.add(repeated(new Part.One(CharacterSet.of(pattern.charAt(at++)))));
    }
    while (at < pattern.length() && "|)$".indexOf(pattern.charAt(at)) < 0) {
      parts.add(repeated(single()));
    }
    if (parts.isEmpty()) {
      throw wrong("A pattern, or a branch of one, must not be empty");
    }
    return new Part.Sequence(parts);
  }

  /// A sign that begins a pattern or group stands for itself: `(?:a)` begins with a question mark.
  private boolean isLiteralSign() {
    char c = pattern.charAt(at);
    return c != '(' && c != '|' && c != ')' && AFTER_NOTHING.indexOf(c) >= 0;
  }

  private Part single() {
    char c = pattern.charAt(at++);
    return switch (c) {
      case '(' -> group();
      case '[' -> new Part.One(set());
      case '.' -> new Part.One(CharacterSet.ANY);
      case '\\' -> new Part.One(escape());
      case '*', '+', '?', '{' -> {
        at--;
        throw wrong("Nothing to repeat before '" + c + "'; write \\" + c + " for the character");
      }
      case '^' -> {
        at--;
        throw wrong("^ may only stand at the beginning of a pattern");
      }
      default -> new Part.One(CharacterSet.of(c));
    };
  }

  private Part group() {
    int open = at - 1;
    if (++depth > DEPTH_MAX) {
      throw wrong("Groups nested deeper than " + DEPTH_MAX);
    }
    var inner = choice(true);
    if (at >= pattern.length() || pattern.charAt(at) != ')') {
      throw at < pattern.length() && pattern.charAt(at) == '$'
          ? wrong("$ may only stand at the end of a pattern")
          : complaint.at(open, "This group has no end");
    }
    at++;
    depth--;
    return inner;
  }

  private Part repeated(Part part) {
    var result = part;
    while (at < pattern.length()) {
      switch (pattern.charAt(at)) {
        case '*' -> result = new Part.Repeat(result, 0, -1);
        case '+' -> result = new Part.Repeat(result, 1, -1);
        case '?' -> result = new Part.Repeat(result, 0, 1);
        case '{' -> {
          at++;
          result = counted(result);
        }
        default -> {
          return result;
        }
      }
      at++;
    }
    return result;
  }

  /// After the brace; ends at the closing one.
  private Part counted(Part part) {
    int min = number();
    int max = min;
    if (at < pattern.length() && pattern.charAt(at) == ',') {
      at++;
      boolean isOpen = at < pattern.length() && pattern.charAt(at) == '}';
      max = isOpen ? -1 : number();
    }
    if (at >= pattern.length() || pattern.charAt(at) != '}') {
      throw wrong("A repetition is {n}, {n,} or {n,m}");
    }
    if (max >= 0 && max < min) {
      throw wrong("{%d,%d} has its numbers the wrong way round".formatted(min, max));
    }
    return new Part.Repeat(part, min, max);
  }

  private int number() {
    int start = at;
    while (at < pattern.length() && pattern.charAt(at) >= '0' && pattern.charAt(at) <= '9') {
      at++;
    }
    if (start == at || at - start > 4 || Integer.parseInt(pattern, start, at, 10) > REPEAT_MAX) {
      throw complaint.at(start, "A repetition needs a number up to " + REPEAT_MAX);
    }
    return Integer.parseInt(pattern, start, at, 10);
  }

  private CharacterSet escape() {
    if (at >= pattern.length()) {
      throw wrong("The pattern ends after \\");
    }
    char c = pattern.charAt(at++);
    return switch (c) {
      case 's' -> CharacterSet.SPACE;
      case 'S' -> CharacterSet.SPACE.negated();
      case 'w' -> CharacterSet.WORD;
      case 'W' -> CharacterSet.WORD.negated();
      case 'd' -> CharacterSet.DIGITS;
      case 'D' -> CharacterSet.DIGITS.negated();
      case 'n' -> CharacterSet.of('\n');
      case 'r' -> CharacterSet.of('\r');
      case 't' -> CharacterSet.of('\t');
      case 'f' -> CharacterSet.of('\f');
      case 'v' -> CharacterSet.of((char) 0x0B);
      default -> literal(c);
    };
  }

  private CharacterSet literal(char c) {
    if (Character.isLetterOrDigit(c)) {
      at -= 2;
      throw wrong("\\" + c + " is not known in patterns");
    }
    return CharacterSet.of(c);
  }

  /// After the opening bracket.
  private CharacterSet set() {
    int open = at - 1;
    boolean isNegated = at < pattern.length() && pattern.charAt(at) == '^';
    at += isNegated ? 1 : 0;
    var all = CharacterSet.of();
    int count = 0;
    while (at < pattern.length() && pattern.charAt(at) != ']') {
      all = all.and(item());
      count++;
    }
    if (at >= pattern.length()) {
      throw complaint.at(open, "This set has no end");
    }
    if (count == 0) {
      throw complaint.at(open, "A set must not be empty");
    }
    at++;
    return isNegated ? all.negated() : all;
  }

  private CharacterSet item() {
    int start = at;
    var first = one();
    boolean isRange =
        at + 1 < pattern.length() && pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']';
    if (!isRange || !isSingle(first)) {
      return first;
    }
    at++;
    var last = one();
    if (!isSingle(last) || last.ranges().getFirst().first() < first.ranges().getFirst().first()) {
      throw complaint.at(start, "'" + pattern.substring(start, at) + "' is no range of characters");
    }
    return CharacterSet.of(
        new Range(first.ranges().getFirst().first(), last.ranges().getFirst().first()));
  }

  private CharacterSet one() {
    char c = pattern.charAt(at++);
    return c == '\\' ? escape() : CharacterSet.of(c);
  }

  private static boolean isSingle(CharacterSet set) {
    return !set.isNegated()
        && set.ranges().size() == 1
        && set.ranges().getFirst().first() == set.ranges().getFirst().last();
  }

  private void emit(Part part) {
    if (++emitted > EMITTED_MAX) { // also repetitions of nothing
      throw wrong("The pattern is too large");
    }
    switch (part) {
      case Part.One(var set) -> add(new Step.Take(set));
      case Part.Sequence(var parts) -> parts.forEach(this::emit);
      case Part.Choice(var branches) -> emit(branches);
      case Part.Repeat(var inner, int min, int max) -> emit(inner, min, max);
    }
  }

  private void emit(List<Part> branches) {
    var ends = new ArrayList<Integer>();
    for (int i = 0; i < branches.size() - 1; i++) {
      int split = add(new Step.Jump(0));
      emit(branches.get(i));
      ends.add(add(new Step.Jump(0)));
      program.set(split, new Step.Split(split + 1, program.size()));
    }
    emit(branches.getLast());
    ends.forEach(end -> program.set(end, new Step.Jump(program.size())));
  }

  private void emit(Part part, int min, int max) {
    for (int i = 0; i < min; i++) {
      emit(part);
    }
    if (max < 0) {
      int split = add(new Step.Jump(0));
      emit(part);
      add(new Step.Jump(split));
      program.set(split, new Step.Split(split + 1, program.size()));
      return;
    }
    var splits = new ArrayList<Integer>();
    for (int i = min; i < max; i++) {
      splits.add(add(new Step.Jump(0)));
      emit(part);
    }
    splits.forEach(split -> program.set(split, new Step.Split(split + 1, program.size())));
  }

  private int add(Step step) {
    if (program.size() >= STEPS_MAX) {
      throw wrong("The pattern is too large");
    }
    program.add(step);
    return program.size() - 1;
  }

  private RulesException wrong(String problem) {
    return complaint.at(at, problem);
  }
}
