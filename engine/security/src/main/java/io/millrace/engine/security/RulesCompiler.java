package io.millrace.engine.security;

import io.millrace.engine.security.RuleSpot.Wildcard;
import io.millrace.store.realtime.ChildKey;
import io.millrace.store.realtime.TreePath;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Turns a rules file into [RuleSpot]s, checking its shape.
final class RulesCompiler {
  private final String source;

  private RulesCompiler(String source) {
    this.source = source;
  }

  /// @throws RulesException when anything is wrong
  static RuleSpot compile(String source) {
    return new RulesCompiler(source).file(RulesReader.read(source));
  }

  private RuleSpot file(RulesJson file) {
    if (!(file instanceof RulesJson.Members members)) {
      throw wrong(file.offset(), "Rules are an object: {\"rules\": {…}}");
    }
    var rules = members.values().get("rules");
    if (rules == null) {
      throw wrong(file.offset(), "The object needs the member \"rules\"");
    }
    for (var name : members.values().keySet()) {
      if (!name.equals("rules")) {
        throw wrong(offset(members, name), "Only \"rules\" may stand here, not \"" + name + "\"");
      }
    }
    return spot(rules, Set.of());
  }

  private RuleSpot spot(RulesJson json, Set<String> wildcards) {
    if (!(json instanceof RulesJson.Members members)) {
      throw wrong(json.offset(), "Expected an object with rules");
    }
    Optional<Rule> read = Optional.empty();
    Optional<Rule> write = Optional.empty();
    Optional<Rule> validate = Optional.empty();
    Set<String> indexOn = Set.of();
    Map<String, RuleSpot> children = new LinkedHashMap<>();
    Optional<Wildcard> wildcard = Optional.empty();
    for (var entry : members.values().entrySet()) {
      var name = entry.getKey();
      switch (name) {
        case ".read" -> read = Optional.of(rule(Rule.Kind.READ, entry.getValue(), wildcards));
        case ".write" -> write = Optional.of(rule(Rule.Kind.WRITE, entry.getValue(), wildcards));
        case ".validate" ->
            validate = Optional.of(rule(Rule.Kind.VALIDATE, entry.getValue(), wildcards));
        case ".indexOn" -> indexOn = indexes(entry.getValue());
        default -> {
          if (name.startsWith("$")) {
            checkWildcard(members, name, wildcard, wildcards);
            wildcard = Optional.of(wildcard(name, entry.getValue(), wildcards));
          } else {
            checkKey(members, name);
            children.put(name, spot(entry.getValue(), wildcards));
          }
        }
      }
    }
    boolean validates =
        validate.isPresent()
            || children.values().stream().anyMatch(RuleSpot::validates)
            || wildcard.filter(w -> w.spot().validates()).isPresent();
    return new RuleSpot(read, write, validate, indexOn, Map.copyOf(children), wildcard, validates);
  }

  private Wildcard wildcard(String name, RulesJson json, Set<String> wildcards) {
    var more = new HashSet<>(wildcards);
    more.add(name);
    return new Wildcard(name, spot(json, more));
  }

  private void checkWildcard(
      RulesJson.Members members, String name, Optional<Wildcard> known, Set<String> wildcards) {
    if (known.isPresent()) {
      throw wrong(
          offset(members, name),
          "Only one $variable may stand in a place; %s is here already"
              .formatted(known.get().name()));
    }
    if (wildcards.contains(name)) {
      throw wrong(offset(members, name), name + " is a variable further up on this path");
    }
    if (!name.substring(1).matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw wrong(
          offset(members, name), name + " is no name of a variable: letters, digits and _ only");
    }
  }

  private void checkKey(RulesJson.Members members, String name) {
    if (ChildKey.isMalformed(name)) {
      throw wrong(
          offset(members, name),
          name.startsWith(".")
              ? "Unknown \"%s\": there are .read, .write, .validate and .indexOn".formatted(name)
              : "\"%s\" can be no key: . # $ / [ ] are not allowed".formatted(name));
    }
  }

  private Rule rule(Rule.Kind kind, RulesJson json, Set<String> wildcards) {
    return switch (json) {
      case RulesJson.Text(_, var text) -> Rule.of(kind, text, wildcards);
      case RulesJson.Flag(int offset, boolean value) ->
          Rule.constant(kind, flag(offset, value), value);
      case RulesJson.Members _, RulesJson.Items _, RulesJson.Other _ ->
          throw wrong(json.offset(), kind.key + " must be a string or a boolean");
    };
  }

  private SourceText flag(int offset, boolean value) {
    return new SourceText(source, Boolean.toString(value), new int[] {offset});
  }

  private Set<String> indexes(RulesJson json) {
    var names = new LinkedHashSet<String>();
    switch (json) {
      case RulesJson.Text text -> names.add(index(text));
      case RulesJson.Items(_, var items) -> items.forEach(item -> names.add(index(item)));
      case RulesJson.Members _, RulesJson.Flag _, RulesJson.Other _ ->
          throw wrong(json.offset(), ".indexOn must be a string or an array of strings");
    }
    return Set.copyOf(names);
  }

  private String index(RulesJson json) {
    if (!(json instanceof RulesJson.Text(_, var text))) {
      throw wrong(json.offset(), ".indexOn must be a string or an array of strings");
    }
    var name = text.text();
    if (name.equals(".value") || name.equals(".priority") || name.equals(".key")) {
      return name;
    }
    var path = TreePath.parse(name);
    if (path.isRoot() || path.keys().stream().anyMatch(ChildKey::isMalformed)) {
      throw wrong(json.offset(), "\"" + name + "\" is no path of a child to index on");
    }
    return path.toString().substring(1);
  }

  private static int offset(RulesJson.Members members, String name) {
    return members.nameOffsets().getOrDefault(name, members.offset());
  }

  private RulesException wrong(int offset, String problem) {
    return SourceText.wrongInSource(source, offset, problem);
  }
}
