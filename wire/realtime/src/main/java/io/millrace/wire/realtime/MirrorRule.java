package io.millrace.wire.realtime;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.model.AttributeScope;
import io.millrace.store.entities.Device;
import io.millrace.store.realtime.ChildKey;
import io.millrace.store.realtime.TreePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// Which devices stand where in a database.
///
/// @param tenant whose devices; all tenants' when absent
/// @param profile name of their profile; all when empty
/// @param latest where latest values go, a child per key; `$name` is the device, the root: nowhere
/// @param attributes where attributes go, `$scope` is client, shared or server; without it only
///     shared ones are mirrored; the root: nowhere
/// @param isBothWays whether what others write at the shared attributes changes the platform's
record MirrorRule(
    Optional<UUID> tenant,
    String profile,
    TreePath latest,
    TreePath attributes,
    boolean isBothWays) {
  /// The text of a database that holds its rules.
  static final String TEXT = "mirror";

  private static final String NAME = "$name";
  private static final String SCOPE = "$scope";
  private static final int RULES_MAX = 100;

  MirrorRule {
    check(latest);
    check(attributes);
    if (latest.isRoot() && attributes.isRoot()) {
      throw new IllegalArgumentException("A mirror rule needs latest or attributes, a path");
    }
    if (isBothWays && (tenant.isEmpty() || attributes.isRoot())) {
      throw new IllegalArgumentException("both needs a tenant and the path of the attributes");
    }
  }

  private static void check(TreePath path) {
    if (!path.isRoot() && path.keys().stream().filter(NAME::equals).count() != 1) {
      throw new IllegalArgumentException(
          "%s needs $name once, which stands for the device".formatted(path));
    }
    for (var key : path.keys()) {
      if (!key.equals(NAME) && !key.equals(SCOPE) && ChildKey.isMalformed(key)) {
        throw new IllegalArgumentException("%s: '%s' cannot be a key".formatted(path, key));
      }
    }
  }

  /// Reads a JSON array of rules: objects with `tenant` (an id), `profile`, `latest`,
  /// `attributes` and `both`.
  ///
  /// @throws IllegalArgumentException when it is none, in words for a person
  static List<MirrorRule> parse(String json) {
    try {
      if (Json.parse(json) instanceof JsonArray items && items.size() <= RULES_MAX) {
        var rules = new ArrayList<MirrorRule>();
        for (var item : items.values()) {
          rules.add(of(item instanceof JsonObject object ? object : JsonObject.EMPTY));
        }
        return List.copyOf(rules);
      }
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException("Mirror rules are a JSON array: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException("Mirror rules are a JSON array of at most " + RULES_MAX);
  }

  private static MirrorRule of(JsonObject rule) {
    var tenant = rule.text("tenant", "*");
    return new MirrorRule(
        tenant.equals("*") ? Optional.empty() : Optional.of(UUID.fromString(tenant)),
        rule.text("profile", ""),
        TreePath.parse(rule.text("latest", "")),
        TreePath.parse(rule.text("attributes", "")),
        rule.get("both") == JsonBoolean.TRUE);
  }

  boolean isFor(Device device) {
    return tenant.map(id -> id.equals(device.tenantId().id())).orElse(true)
        && (profile.isEmpty() || profile.equals(device.type()));
  }

  TreePath latest(Device device) {
    return filled(latest, device, "");
  }

  /// Where the attributes of a scope stand, if they do.
  Optional<TreePath> attributes(Device device, AttributeScope scope) {
    boolean isMirrored = attributes.keys().contains(SCOPE) || scope == AttributeScope.SHARED_SCOPE;
    return attributes.isRoot() || !isMirrored
        ? Optional.empty()
        : Optional.of(filled(attributes, device, word(scope)));
  }

  private static TreePath filled(TreePath pattern, Device device, String scope) {
    return with(pattern, key(device.name()), scope);
  }

  private static TreePath with(TreePath pattern, String name, String scope) {
    return new TreePath(
        pattern.keys().stream()
            .map(key -> key.equals(NAME) ? name : key.equals(SCOPE) ? scope : key)
            .toList());
  }

  private static String word(AttributeScope scope) {
    return scope.name().substring(0, scope.name().indexOf('_')).toLowerCase(Locale.ROOT);
  }

  /// The part of the shared attributes' path above the devices.
  TreePath above() {
    return new TreePath(attributes.keys().subList(0, attributes.keys().indexOf(NAME)));
  }

  /// Where the shared attributes of the device of that key stand.
  TreePath shared(String nameKey) {
    return with(attributes, nameKey, word(AttributeScope.SHARED_SCOPE));
  }

  /// The place of latest values, or of attributes of a scope, if the device has one here.
  Optional<TreePath> place(Device device, Optional<AttributeScope> scope) {
    if (!isFor(device)) {
      return Optional.empty();
    }
    return scope.isPresent()
        ? attributes(device, scope.get())
        : Optional.of(latest(device)).filter(place -> !place.isRoot());
  }

  /// A name as a child key: what no key may hold is percent-encoded.
  static String key(String name) {
    var key = new StringBuilder();
    for (int i = 0; i < name.length(); ) {
      int point = name.codePointAt(i);
      var one = Character.toString(point);
      if (point == '%' || ChildKey.isMalformed(one)) {
        for (byte b : one.getBytes(StandardCharsets.UTF_8)) {
          key.append("%%%02X".formatted(b & 0xff));
        }
      } else {
        key.append(one);
      }
      i += Character.charCount(point);
    }
    return key.toString();
  }

  /// The name of a [#key].
  static String name(String key) {
    return RestUrl.decoded(key);
  }
}
