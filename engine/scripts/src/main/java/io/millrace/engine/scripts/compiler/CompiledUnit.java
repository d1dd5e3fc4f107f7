package io.millrace.engine.scripts.compiler;

import java.util.List;

/// A compiled script: a class file with what belongs to it.
public final class CompiledUnit {
  /// A regular expression literal, to be replaced by what the runtime makes of it.
  public record RegexSource(String pattern, String flags, int at) {}

  private final byte[] bytes;
  private final List<Object> constants;
  private final List<Integer> offsets;

  CompiledUnit(byte[] bytes, List<Object> constants, List<Integer> offsets) {
    this.bytes = bytes;
    this.constants = List.copyOf(constants);
    this.offsets = List.copyOf(offsets);
  }

  /// Class file of a subclass of `Code`, to be defined as a hidden class.
  public byte[] bytes() {
    return bytes;
  }

  /// The class data that it refers to: numbers, strings, lists of names and [RegexSource]s.
  public List<Object> constants() {
    return constants;
  }

  /// Source offsets; the line numbers of the class file count in here, from 1.
  public List<Integer> offsets() {
    return offsets;
  }
}
