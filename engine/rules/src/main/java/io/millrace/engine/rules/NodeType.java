package io.millrace.engine.rules;

import io.millrace.base.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/// A kind of rule node: its settings, its texts, its connections, and how to make one.
///
/// The settings are a record whose components carry `@Doc` and `@Default`; their names are those
/// of ThingsBoard's configuration JSON. A constructor refuses settings that cannot work with an
/// `IllegalArgumentException` that says what and the cure.
public final class NodeType<S extends Record> {
  private final Kind kind;
  private final String name;
  private final Class<S> settings;
  private final BiFunction<S, NodeSetup, RuleNode> maker;
  private final List<String> aliases = new ArrayList<>();
  private List<String> connections = List.of(Outcome.SUCCESS);
  private String summary = "";
  private int version;
  private Upgrade upgrade = (from, configuration) -> configuration;

  /// ThingsBoard's groups of nodes in the editor.
  public enum Kind {
    FILTER,
    ENRICHMENT,
    TRANSFORMATION,
    ACTION,
    FLOW,
    EXTERNAL
  }

  /// Reads a configuration that an older ThingsBoard wrote.
  @FunctionalInterface
  public interface Upgrade {
    /// The configuration as the current version writes it.
    JsonObject apply(int fromVersion, JsonObject configuration);
  }

  private NodeType(
      Kind kind, String name, Class<S> settings, BiFunction<S, NodeSetup, RuleNode> maker) {
    this.kind = kind;
    this.name = name;
    this.settings = settings;
    this.maker = maker;
  }

  public static <S extends Record> NodeType<S> of(
      Kind kind, String name, Class<S> settings, Function<S, RuleNode> maker) {
    return new NodeType<>(kind, name, settings, (given, _) -> maker.apply(given));
  }

  public static <S extends Record> NodeType<S> of(
      Kind kind, String name, Class<S> settings, BiFunction<S, NodeSetup, RuleNode> maker) {
    return new NodeType<>(kind, name, settings, maker);
  }

  public static <S extends Record> NodeType<S> filter(
      String name, Class<S> settings, Function<S, RuleNode> maker) {
    return of(Kind.FILTER, name, settings, maker).connections(Outcome.TRUE, Outcome.FALSE);
  }

  public static <S extends Record> NodeType<S> filter(
      String name, Class<S> settings, BiFunction<S, NodeSetup, RuleNode> maker) {
    return of(Kind.FILTER, name, settings, maker).connections(Outcome.TRUE, Outcome.FALSE);
  }

  public static <S extends Record> NodeType<S> enrichment(
      String name, Class<S> settings, BiFunction<S, NodeSetup, RuleNode> maker) {
    return of(Kind.ENRICHMENT, name, settings, maker);
  }

  public static <S extends Record> NodeType<S> transformation(
      String name, Class<S> settings, Function<S, RuleNode> maker) {
    return of(Kind.TRANSFORMATION, name, settings, maker);
  }

  public static <S extends Record> NodeType<S> transformation(
      String name, Class<S> settings, BiFunction<S, NodeSetup, RuleNode> maker) {
    return of(Kind.TRANSFORMATION, name, settings, maker);
  }

  public static <S extends Record> NodeType<S> action(
      String name, Class<S> settings, BiFunction<S, NodeSetup, RuleNode> maker) {
    return of(Kind.ACTION, name, settings, maker);
  }

  public static <S extends Record> NodeType<S> flow(
      String name, Class<S> settings, BiFunction<S, NodeSetup, RuleNode> maker) {
    return of(Kind.FLOW, name, settings, maker);
  }

  public static <S extends Record> NodeType<S> external(
      String name, Class<S> settings, Function<S, RuleNode> maker) {
    return of(Kind.EXTERNAL, name, settings, maker);
  }

  /// One sentence for people.
  public NodeType<S> summary(String sentence) {
    summary = sentence;
    return this;
  }

  /// The labels it emits by, `Failure` apart.
  public NodeType<S> connections(String... labels) {
    connections = List.of(labels);
    return this;
  }

  /// It emits by labels of its user's own.
  public NodeType<S> freeConnections() {
    connections = List.of();
    return this;
  }

  /// A class name of ThingsBoard's that means this type.
  public NodeType<S> alias(String className) {
    aliases.add(className);
    return this;
  }

  /// The `configurationVersion` that the settings have, and how older ones are read.
  public NodeType<S> version(int current, Upgrade fromOlder) {
    version = current;
    upgrade = fromOlder;
    return this;
  }

  public Kind kind() {
    return kind;
  }

  public String name() {
    return name;
  }

  public Class<S> settings() {
    return settings;
  }

  public String summary() {
    return summary;
  }

  /// The labels it emits by; none when they are its user's own.
  public List<String> connections() {
    return connections;
  }

  public List<String> aliases() {
    return List.copyOf(aliases);
  }

  public int version() {
    return version;
  }

  /// A node with that configuration.
  ///
  /// @throws IllegalArgumentException when the configuration cannot work
  RuleNode make(int fromVersion, JsonObject configuration, NodeSetup setup) {
    var current = fromVersion < version ? upgrade.apply(fromVersion, configuration) : configuration;
    return maker.apply(SettingsBinder.bind(settings, current), setup);
  }
}
