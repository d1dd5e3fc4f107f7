package io.millrace.engine.scripts.compiler;

import java.util.Map;
import java.util.Optional;

/// Which of Java's types TBEL may make, and what they are here.
final class TbelTypes {
  private static final Map<String, String> KNOWN =
      Map.ofEntries(
          Map.entry("Date", "Date"),
          Map.entry("java.util.Date", "Date"),
          Map.entry("ArrayList", "List"),
          Map.entry("java.util.ArrayList", "List"),
          Map.entry("LinkedList", "List"),
          Map.entry("java.util.LinkedList", "List"),
          Map.entry("HashMap", "Map"),
          Map.entry("java.util.HashMap", "Map"),
          Map.entry("LinkedHashMap", "Map"),
          Map.entry("java.util.LinkedHashMap", "Map"),
          Map.entry("HashSet", "Set"),
          Map.entry("java.util.HashSet", "Set"),
          Map.entry("LinkedHashSet", "Set"),
          Map.entry("java.util.LinkedHashSet", "Set"),
          Map.entry("String", "String"),
          Map.entry("StringBuilder", "String"),
          Map.entry("byte", "Array"),
          Map.entry("short", "Array"),
          Map.entry("int", "Array"),
          Map.entry("long", "Array"),
          Map.entry("float", "Array"),
          Map.entry("double", "Array"),
          Map.entry("boolean", "Array"),
          Map.entry("Object", "Array"),
          Map.entry("Integer", "Array"),
          Map.entry("Double", "Array"));

  private TbelTypes() {}

  static Optional<String> constructible(String name) {
    return Optional.ofNullable(KNOWN.get(name));
  }
}
