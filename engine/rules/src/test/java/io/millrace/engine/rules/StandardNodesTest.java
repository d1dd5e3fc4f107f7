package io.millrace.engine.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.config.Doc;
import io.millrace.engine.rules.nodes.StandardNodes;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What holds for every node type, and the page that lists them.
final class StandardNodesTest {
  private static final String PREFIX = "org.thingsboard.rule.engine.";
  private static final Path PAGE = Path.of("../../docs/compat/rule-nodes.md");

  @Test
  void everyNodeFileIsRegistered() throws Exception {
    var declared = new HashSet<Object>();
    for (var type : nodeClasses()) {
      for (var field : type.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) && field.getType() == NodeType.class) {
          field.setAccessible(true);
          declared.add(field.get(null));
        }
      }
    }
    assertThat(declared).hasSizeGreaterThan(30);
    assertThat(new HashSet<Object>(StandardNodes.types().all())).isEqualTo(declared);
  }

  @Test
  void everyTypeSaysWhatItDoesAndEverySettingWhatItMeans() {
    for (var type : StandardNodes.types().all()) {
      assertThat(type.summary()).as(type.name()).endsWith(".");
      for (var component : type.settings().getRecordComponents()) {
        assertThat(component.getAnnotation(Doc.class))
            .as(type.name() + " " + component.getName())
            .isNotNull();
      }
    }
  }

  @Test
  void everyAliasInThingsBoardsPackageIsOneOfItsClasses() throws IOException {
    var known = known();
    for (var type : StandardNodes.types().all()) {
      assertThat(type.aliases()).as(type.name()).isNotEmpty();
      for (var alias : type.aliases()) {
        if (alias.startsWith(PREFIX)) {
          assertThat(known).as(type.name()).contains(alias.substring(PREFIX.length()));
        }
      }
    }
  }

  /// `-Dgolden=update` rewrites the page; a person reads the difference.
  @Test
  void thePageListsThemAll() throws IOException {
    var page = page();
    if ("update".equals(System.getProperty("golden"))) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).content().isEqualTo(page);
  }

  private static String page() throws IOException {
    var types = StandardNodes.types();
    var rows = new ArrayList<String>();
    int built = 0;
    for (var name : known()) {
      var type = types.find(PREFIX + name);
      built += type.isPresent() ? 1 : 0;
      rows.add(
          type.map(found -> row(name, found))
              .orElseGet(() -> "| %s | | no | %s |".formatted(name, absent(name))));
    }
    return """
        # Rule nodes of ThingsBoard, and which of them work here

        Made by `StandardNodesTest` from the code (`-Dgolden=update` rewrites it). Class names without `%s`.
        %d of %d are built. A chain with one of the others is taken; the node is marked, and messages that reach it fail with the
        reason.

        | ThingsBoard's class | name | built | what it does, or why not |
        | --- | --- | --- | --- |
        %s
        """
            .formatted(PREFIX, built, rows.size(), String.join("\n", rows))
        + ofOurOwn(types);
  }

  /// The nodes that ThingsBoard has not, if there are any.
  private static String ofOurOwn(NodeTypes types) {
    var rows =
        types.all().stream()
            .filter(type -> type.aliases().stream().noneMatch(a -> a.startsWith(PREFIX)))
            .map(type -> row(type.aliases().getFirst(), type))
            .toList();
    return rows.isEmpty()
        ? ""
        : """

          ## Nodes of our own

          | class | name | built | what it does |
          | --- | --- | --- | --- |
          %s
          """
            .formatted(String.join("\n", rows));
  }

  private static String row(String name, NodeType<?> type) {
    var labels =
        type.connections().isEmpty()
            ? "labels of its user's own"
            : type.connections().size() > 8
                ? type.connections().size() + " labels"
                : String.join(", ", type.connections());
    return "| %s | %s (%s) | yes | %s %s |"
        .formatted(
            name,
            type.name(),
            type.kind().name().toLowerCase(Locale.ROOT),
            type.summary(),
            "Goes on by " + labels + ".");
  }

  private static String absent(String name) {
    var reason = AbsentTypes.reason(PREFIX + name);
    return reason.contains("not built here yet") ? "not yet" : reason;
  }

  private static List<String> known() throws IOException {
    try (var file = StandardNodesTest.class.getResourceAsStream("/thingsboard-rule-nodes.txt")) {
      assertThat(file).isNotNull();
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static List<Class<?>> nodeClasses() throws Exception {
    var folder =
        Path.of(StandardNodes.class.getResource("StandardNodes.class").toURI()).getParent();
    var names =
        Arrays.stream(folder.toFile().list())
            .filter(name -> name.endsWith(".class") && !name.contains("package-info"))
            .map(name -> name.substring(0, name.length() - ".class".length()))
            .collect(Collectors.toList());
    var classes = new ArrayList<Class<?>>();
    for (var name : names) {
      classes.add(Class.forName(StandardNodes.class.getPackageName() + "." + name));
    }
    return classes;
  }
}
