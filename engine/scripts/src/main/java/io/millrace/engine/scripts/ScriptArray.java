package io.millrace.engine.scripts;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An array of a script, or a list of TBEL; like [ScriptObject] a view of its JSON at first.
///
/// A place that was skipped holds Java null: JavaScript tells such holes from undefined.
final class ScriptArray implements Thing {
  private static final int SIZE_BYTES = 48;
  private static final int ITEM_BYTES = 16;
  private static final int SIZE_MAX = 10_000_000;

  private final boolean doubles;
  private final @Nullable JsonArray source;
  private boolean isView;
  private boolean isChanged;
  private @Nullable Object[] items;
  private int size;
  private boolean isFrozen;
  private boolean isSet;
  private @Nullable ScriptObject named;

  /// An empty one.
  ScriptArray(boolean doubles) {
    this.doubles = doubles;
    this.source = null;
    this.isChanged = true;
    this.items = new Object[4];
  }

  ScriptArray(JsonArray source, boolean doubles) {
    this.doubles = doubles;
    this.source = source;
    this.isView = true;
    this.items = new Object[0];
    this.size = source.size();
  }

  /// One with these items, which it takes over.
  ScriptArray(Object[] items, boolean doubles, Run run) {
    run.allocate(SIZE_BYTES + (long) ITEM_BYTES * items.length);
    this.doubles = doubles;
    this.source = null;
    this.isChanged = true;
    this.items = items;
    this.size = items.length;
  }

  static ScriptArray make(boolean doubles, Run run) {
    run.allocate(SIZE_BYTES + 4L * ITEM_BYTES);
    return new ScriptArray(doubles);
  }

  /// TBEL: a list that has nothing twice.
  boolean isSet() {
    return isSet;
  }

  ScriptArray asSet() {
    isSet = true;
    return this;
  }

  int size() {
    return size;
  }

  boolean doubles() {
    return doubles;
  }

  /// The item as the script sees it, or null for a hole and behind the end.
  @Nullable Object item(int i) {
    if (i < 0 || i >= size) {
      return null;
    }
    if (isView && source != null) {
      var json = source.get(i);
      if (!(json instanceof JsonObject || json instanceof JsonArray)) {
        return Values.leaf(json, doubles);
      }
      unfold();
    }
    var raw = items[i];
    if (!(raw instanceof JsonValue json)) {
      return raw;
    }
    if (!(json instanceof JsonObject || json instanceof JsonArray)) {
      return Values.leaf(json, doubles);
    }
    return items[i] = Values.container(json, doubles);
  }

  /// The item, undefined for a hole and behind the end.
  Object itemOr(int i, Object missing) {
    var item = item(i);
    return item == null ? missing : item;
  }

  /// What goes out for item `i`.
  @Nullable Object rawItem(int i) {
    return (isView && source != null) ? source.get(i) : items[i];
  }

  boolean isView() {
    return isView;
  }

  @Nullable JsonArray source() {
    return isChanged ? null : source;
  }

  void add(Object value, Run run) {
    set(size, value, run);
  }

  void set(int i, Object value, Run run) {
    if (isFrozen) {
      return;
    }
    change();
    if (i >= size) {
      grow(i + 1L, run);
    }
    items[i] = value;
  }

  void hole(int i) {
    change();
    if (i < size) {
      items[i] = null;
    }
  }

  private void grow(long wanted, Run run) {
    if (wanted > SIZE_MAX) {
      throw Errors.range("Invalid array length");
    }
    run.allocate(ITEM_BYTES * (wanted - size));
    if (wanted > items.length) {
      items = Arrays.copyOf(items, (int) Math.max(wanted, Math.min(SIZE_MAX, items.length * 2L)));
    }
    size = (int) wanted;
  }

  void resize(long wanted, Run run) {
    change();
    if (wanted > size) {
      grow(wanted, run);
    } else {
      Arrays.fill(items, (int) wanted, size, null);
      size = (int) wanted;
    }
  }

  /// Removes `count` items at `from` and puts `added` in their place.
  void splice(int from, int count, Object[] added, Run run) {
    if (isFrozen) {
      throw Errors.type("The array is frozen");
    }
    change();
    run.work(size - from + added.length);
    int oldSize = size;
    int tail = oldSize - from - count;
    int newSize = from + added.length + tail;
    if (newSize > oldSize) {
      grow(newSize, run);
    }
    System.arraycopy(items, from + count, items, from + added.length, tail);
    System.arraycopy(added, 0, items, from, added.length);
    if (newSize < oldSize) {
      Arrays.fill(items, newSize, oldSize, null);
      size = newSize;
    }
  }

  /// A copy of its items, holes as `missing`.
  Object[] copy(int from, int until, Object missing, Run run) {
    int count = Math.max(0, until - from);
    run.allocate(SIZE_BYTES + (long) ITEM_BYTES * count);
    run.work(count);
    var copy = new Object[count];
    for (int i = 0; i < count; i++) {
      copy[i] = itemOr(from + i, missing);
    }
    return copy;
  }

  void freeze() {
    isFrozen = true;
  }

  boolean isFrozen() {
    return isFrozen;
  }

  /// Members that are no items, as in `list.name = "x"`.
  @Nullable ScriptObject named() {
    return named;
  }

  private void change() {
    unfold();
    isChanged = true;
  }

  private void unfold() {
    if (isView && source != null) {
      isView = false;
      items = source.values().toArray();
    }
  }

  @Override
  public @Nullable Object member(String name) {
    if (name.equals("length")) {
      return doubles ? (Object) (double) size : (Object) size;
    }
    long index = Values.arrayIndex(name);
    if (index >= 0) {
      return index < size ? item((int) index) : null;
    }
    return named == null ? null : named.member(name);
  }

  @Override
  public void member(String name, Object value, Run run) {
    if (name.equals("length")) {
      double length = Conversions.number(value);
      if (length < 0 || length != Math.rint(length) || length > SIZE_MAX) {
        throw Errors.range("Invalid array length");
      }
      resize((long) length, run);
      return;
    }
    long index = Values.arrayIndex(name);
    if (index >= 0) {
      if (index >= SIZE_MAX) {
        throw Errors.range("Invalid array length");
      }
      set((int) index, value, run);
      return;
    }
    if (named == null) {
      named = ScriptObject.make(doubles, run);
    }
    named.member(name, value, run);
  }

  @Override
  public @Nullable Object method(String name, Object[] arguments, Run run) {
    return ArrayMethods.call(this, name, arguments, run);
  }

  @Override
  public String className() {
    return "Array";
  }
}
