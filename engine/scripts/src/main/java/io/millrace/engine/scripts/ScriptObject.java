package io.millrace.engine.scripts;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An object of a script, or a map of TBEL.
///
/// One that came in as JSON is first only a view of it. When it is written to, or when an object
/// inside it is looked at (whose identity must then be kept), it copies the two arrays of its
/// members. What was not changed goes out as the very JSON that came in.
final class ScriptObject implements Thing {
  private static final int SCAN_MAX = 8;
  private static final int SIZE_BYTES = 48;
  private static final int MEMBER_BYTES = 40;
  private static final String[] NO_NAMES = {};
  private static final Object[] NO_VALUES = {};

  private final boolean doubles;
  private final @Nullable JsonObject source;
  private boolean isView;
  private boolean isChanged;
  private String[] names = NO_NAMES;
  private Object[] values = NO_VALUES;
  private int size;
  private boolean namesAreShared;
  private boolean isFrozen;
  private @Nullable Map<String, Integer> index;

  /// An empty one.
  ///
  /// @param doubles whether whole numbers of JSON inside it are doubles to the script
  ScriptObject(boolean doubles) {
    this.doubles = doubles;
    this.source = null;
    this.isChanged = true;
  }

  ScriptObject(JsonObject source, boolean doubles) {
    this.doubles = doubles;
    this.source = source;
    this.isView = true;
  }

  /// One with these members; `names` is shared with others like it and has no name twice.
  ScriptObject(String[] names, Object[] values, boolean doubles, Run run) {
    run.allocate(SIZE_BYTES + (long) MEMBER_BYTES * names.length);
    this.doubles = doubles;
    this.source = null;
    this.isChanged = true;
    this.names = names;
    this.values = values;
    this.size = names.length;
    this.namesAreShared = true;
  }

  static ScriptObject make(boolean doubles, Run run) {
    run.allocate(SIZE_BYTES);
    return new ScriptObject(doubles);
  }

  int size() {
    return (isView && source != null) ? source.size() : size;
  }

  String name(int i) {
    return (isView && source != null) ? source.name(i) : names[i];
  }

  /// The value of member `i`, as the script sees it.
  Object value(int i) {
    if (isView && source != null) {
      var json = source.value(i);
      if (isLeaf(json)) {
        return Values.leaf(json, doubles);
      }
      unfold();
    }
    return own(i);
  }

  /// What goes out for a member: JSON that nobody looked into, or a script value.
  @Nullable Object raw(String name) {
    if (isView && source != null) {
      return source.get(name);
    }
    int i = indexOf(name);
    return i < 0 ? null : values[i];
  }

  /// The JSON it came from, while neither it nor its own members were changed.
  @Nullable JsonObject source() {
    return isChanged ? null : source;
  }

  boolean isView() {
    return isView;
  }

  boolean doubles() {
    return doubles;
  }

  @Override
  public @Nullable Object member(String name) {
    if (isView && source != null) {
      var json = source.get(name);
      if (json == null) {
        return null;
      }
      if (isLeaf(json)) {
        return Values.leaf(json, doubles);
      }
      unfold();
    }
    int i = indexOf(name);
    return i < 0 ? null : own(i);
  }

  boolean has(String name) {
    return (isView && source != null) ? source.has(name) : (indexOf(name) >= 0);
  }

  @Override
  public void member(String name, Object value, Run run) {
    if (isFrozen) {
      return; // JavaScript, sloppy mode: silently ignored
    }
    if (name.equals("__proto__")) {
      throw Errors.type("__proto__ cannot be set");
    }
    change();
    int i = indexOf(name);
    if (i >= 0) {
      values[i] = value;
    } else {
      run.allocate(MEMBER_BYTES);
      append(name, value);
    }
  }

  boolean remove(String name, Run run) {
    if (isFrozen) {
      return false;
    }
    if (!has(name)) {
      return true;
    }
    change();
    run.work(size);
    ownNames();
    int i = indexOf(name);
    System.arraycopy(names, i + 1, names, i, size - i - 1);
    System.arraycopy(values, i + 1, values, i, size - i - 1);
    size--;
    index = null;
    return true;
  }

  void clear() {
    change();
    names = NO_NAMES;
    values = NO_VALUES;
    size = 0;
    index = null;
  }

  void freeze() {
    isFrozen = true;
  }

  boolean isFrozen() {
    return isFrozen;
  }

  /// Its names in JavaScript's order: whole numbers first and ascending, then as they were added.
  List<String> keys(Run run) {
    int count = size();
    run.allocate(SIZE_BYTES + 8L * count);
    run.work(count);
    var keys = new String[count];
    boolean hasNumbers = false;
    for (int i = 0; i < count; i++) {
      keys[i] = name(i);
      hasNumbers |= doubles && Values.arrayIndex(keys[i]) >= 0;
    }
    if (hasNumbers) {
      Arrays.sort(keys, ScriptObject::compareKeys);
    }
    return Arrays.asList(keys);
  }

  private static int compareKeys(String left, String right) {
    long l = Values.arrayIndex(left);
    long r = Values.arrayIndex(right);
    return (l >= 0 && r >= 0) ? Long.compare(l, r) : Boolean.compare(l < 0, r < 0);
  }

  private static boolean isLeaf(JsonValue json) {
    return !(json instanceof JsonObject || json instanceof JsonArray);
  }

  private Object own(int i) {
    var raw = values[i];
    if (!(raw instanceof JsonValue json)) {
      return raw;
    }
    if (isLeaf(json)) {
      return Values.leaf(json, doubles);
    }
    return values[i] = Values.container(json, doubles);
  }

  private void change() {
    unfold();
    isChanged = true;
  }

  private void unfold() {
    if (!isView || source == null) {
      return;
    }
    isView = false;
    size = source.size();
    names = new String[Math.max(4, size)];
    values = new Object[Math.max(4, size)];
    for (int i = 0; i < size; i++) {
      names[i] = source.name(i);
      values[i] = source.value(i);
    }
  }

  private void append(String name, Object value) {
    if (size == names.length) {
      int room = Math.max(4, size * 2);
      names = Arrays.copyOf(names, room);
      values = Arrays.copyOf(values, room);
      namesAreShared = false;
    } else {
      ownNames();
    }
    names[size] = name;
    values[size] = value;
    if (index != null) {
      index.put(name, size);
    }
    size++;
  }

  private void ownNames() {
    if (namesAreShared) {
      names = names.clone();
      namesAreShared = false;
    }
  }

  private int indexOf(String name) {
    if (size > SCAN_MAX) {
      var found = index().get(name);
      return found == null ? -1 : found;
    }
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private Map<String, Integer> index() {
    var known = index;
    if (known == null) {
      known = HashMap.newHashMap(size * 2);
      for (int i = 0; i < size; i++) {
        known.put(names[i], i);
      }
      index = known;
    }
    return known;
  }

  @Override
  public @Nullable Object method(String name, Object[] arguments, Run run) {
    return ObjectMethods.call(this, name, arguments, run);
  }

  @Override
  public String className() {
    return "Object";
  }
}
