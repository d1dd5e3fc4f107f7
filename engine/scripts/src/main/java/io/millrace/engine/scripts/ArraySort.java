package io.millrace.engine.scripts;

import static io.millrace.engine.scripts.Undefined.UNDEFINED;

import java.util.Comparator;

/// Sorts stably by whatever a script takes for a comparison, even one that contradicts itself.
final class ArraySort {
  private ArraySort() {}

  static ScriptArray sort(ScriptArray array, Object by, Run run) {
    var items = array.copy(0, array.size(), UNDEFINED, run);
    int defined = definedFirst(items);
    if (by instanceof Callable compare) {
      sort(items, defined, (left, right) -> compare(compare, left, right, run), run);
    } else if (by == UNDEFINED) {
      sortByText(items, defined, run);
    } else {
      throw Errors.type("sort needs a function");
    }
    for (int i = 0; i < items.length; i++) {
      array.set(i, items[i], run);
    }
    return array;
  }

  /// Moves undefined to the end; returns the number of the others.
  private static int definedFirst(Object[] items) {
    int defined = 0;
    for (var item : items) {
      if (item != UNDEFINED) {
        items[defined++] = item;
      }
    }
    java.util.Arrays.fill(items, defined, items.length, UNDEFINED);
    return defined;
  }

  private static int compare(Callable compare, Object left, Object right, Run run) {
    run.step();
    double order = Conversions.number(compare.call(new Object[] {left, right}, run));
    return order > 0 ? 1 : order < 0 ? -1 : 0;
  }

  private record Keyed(String key, Object item) {}

  private static void sortByText(Object[] items, int count, Run run) {
    var keyed = new Keyed[count];
    for (int i = 0; i < count; i++) {
      run.step();
      keyed[i] = new Keyed(Conversions.text(items[i], run), items[i]);
    }
    sort(
        keyed,
        count,
        (left, right) -> {
          run.step();
          return left.key().compareTo(right.key());
        },
        run);
    for (int i = 0; i < count; i++) {
      items[i] = keyed[i].item();
    }
  }

  /// Merge sort from below: needs no promise of the comparison.
  static <T> void sort(T[] items, int count, Comparator<T> order, Run run) {
    run.allocate(8L * count);
    var other = items.clone();
    var from = items;
    var to = other;
    boolean isInOther = false;
    for (int width = 1; width < count; width *= 2) {
      for (int low = 0; low < count; low += 2 * width) {
        merge(from, to, low, Math.min(low + width, count), Math.min(low + 2 * width, count), order);
      }
      var swap = from;
      from = to;
      to = swap;
      isInOther = !isInOther;
    }
    if (isInOther) {
      System.arraycopy(other, 0, items, 0, count);
    }
  }

  private static <T> void merge(
      T[] from, T[] to, int low, int middle, int high, Comparator<T> order) {
    int left = low;
    int right = middle;
    for (int i = low; i < high; i++) {
      boolean takeLeft =
          right >= high || (left < middle && order.compare(from[left], from[right]) <= 0);
      to[i] = takeLeft ? from[left++] : from[right++];
    }
  }
}
