package io.millrace.base.json;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Named members in the order they were written; a name that comes twice keeps its first place and
/// its last value.
///
/// Two flat arrays, because nearly every message has fewer than ten members: reading one is a short
/// scan over interned or equal strings. Larger objects get a hash index on first use.
public final class JsonObject implements JsonValue {
  private static final int SCAN_MEMBERS_MAX = 8;
  public static final JsonObject EMPTY = new JsonObject(new String[0], new JsonValue[0]);

  private final String[] names;
  private final JsonValue[] values;
  private @Nullable Map<String, Integer> index; // built when first needed; a lost race rebuilds it

  private JsonObject(String[] names, JsonValue[] values) {
    this.names = names;
    this.values = values;
  }

  public static Builder builder() {
    return new Builder();
  }

  public static JsonObject of(String name, JsonValue value) {
    return new JsonObject(new String[] {name}, new JsonValue[] {value});
  }

  public static JsonObject of(Map<String, ? extends JsonValue> members) {
    var builder = builder();
    members.forEach(builder::put);
    return builder.build();
  }

  public int size() {
    return names.length;
  }

  public boolean isEmpty() {
    return names.length == 0;
  }

  /// The name of member `i`, counted from 0 in written order.
  public String name(int i) {
    return names[i];
  }

  /// The value of member `i`, counted from 0 in written order.
  public JsonValue value(int i) {
    return values[i];
  }

  public boolean has(String name) {
    return indexOf(name) >= 0;
  }

  /// The member's value, or null when there is no such member.
  public @Nullable JsonValue get(String name) {
    int i = indexOf(name);
    return i < 0 ? null : values[i];
  }

  /// The member's string, or `fallback` when it is absent or not a string.
  public String text(String name, String fallback) {
    return get(name) instanceof JsonString(var text) ? text : fallback;
  }

  public void forEach(BiConsumer<String, JsonValue> action) {
    for (int i = 0; i < names.length; i++) {
      action.accept(names[i], values[i]);
    }
  }

  /// A copy in which `name` has `value`.
  public JsonObject with(String name, JsonValue value) {
    return toBuilder().put(name, value).build();
  }

  /// A copy without `name`.
  public JsonObject without(String name) {
    var builder = builder();
    for (int i = 0; i < names.length; i++) {
      if (!names[i].equals(name)) {
        builder.put(names[i], values[i]);
      }
    }
    return builder.build();
  }

  public Builder toBuilder() {
    var builder = builder();
    builder.addAll(names, values);
    return builder;
  }

  private int indexOf(String name) {
    if (names.length > SCAN_MEMBERS_MAX) {
      var found = index().get(name);
      return found == null ? -1 : found;
    }
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private Map<String, Integer> index() {
    var known = index;
    if (known == null) {
      known = HashMap.newHashMap(names.length);
      for (int i = 0; i < names.length; i++) {
        known.put(names[i], i);
      }
      index = known;
    }
    return known;
  }

  /// Equal when both have the same members, in whatever order.
  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof JsonObject that) || that.names.length != names.length) {
      return false;
    }
    for (int i = 0; i < names.length; i++) {
      if (!values[i].equals(that.get(names[i]))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int sum = 0;
    for (int i = 0; i < names.length; i++) {
      sum += names[i].hashCode() ^ values[i].hashCode();
    }
    return sum;
  }

  @Override
  public String toString() {
    return JsonText.of(this);
  }

  /// Collects members; one use, one thread.
  public static final class Builder {
    private String[] names = new String[SCAN_MEMBERS_MAX];
    private JsonValue[] values = new JsonValue[SCAN_MEMBERS_MAX];
    private @Nullable Map<String, Integer> index;
    private int size;

    private Builder() {}

    public Builder put(String name, String value) {
      return put(name, new JsonString(value));
    }

    public Builder put(String name, long value) {
      return put(name, new JsonLong(value));
    }

    public Builder put(String name, boolean value) {
      return put(name, JsonBoolean.of(value));
    }

    public Builder put(String name, JsonValue value) {
      int at = indexOf(name);
      if (at >= 0) {
        values[at] = value;
        return this;
      }
      return add(name, value);
    }

    /// Adds a member that is not there yet: whoever calls knows that.
    public Builder add(String name, JsonValue value) {
      ensureRoom(1);
      if (index != null) {
        index.put(name, size);
      }
      names[size] = name;
      values[size++] = value;
      return this;
    }

    private void addAll(String[] moreNames, JsonValue[] moreValues) {
      ensureRoom(moreNames.length + 2);
      System.arraycopy(moreNames, 0, names, 0, moreNames.length);
      System.arraycopy(moreValues, 0, values, 0, moreNames.length);
      size = moreNames.length;
    }

    private void ensureRoom(int more) {
      if (size + more > names.length) {
        int places = Math.max(size + more, size * 2);
        names = Arrays.copyOf(names, places);
        values = Arrays.copyOf(values, places);
      }
    }

    public JsonObject build() {
      return size == 0
          ? EMPTY
          : new JsonObject(Arrays.copyOf(names, size), Arrays.copyOf(values, size));
    }

    private int indexOf(String name) {
      if (size > SCAN_MEMBERS_MAX) {
        var known = index;
        if (known == null) {
          known = new HashMap<>();
          for (int i = 0; i < size; i++) {
            known.put(names[i], i);
          }
          index = known;
        }
        var found = known.get(name);
        return found == null ? -1 : found;
      }
      for (int i = 0; i < size; i++) {
        if (names[i].equals(name)) {
          return i;
        }
      }
      return -1;
    }
  }
}
