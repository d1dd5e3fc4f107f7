package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.store.entities.Page;
import io.millrace.store.entities.PageLink;
import java.util.List;
import java.util.function.Function;

/// What an endpoint answers: 200 with a body, or 200 with none where ThingsBoard sends none.
record Reply(JsonValue body, boolean isEmpty, boolean isPlain) {
  private static final Reply EMPTY = new Reply(JsonNull.NULL, true, false);

  static Reply of(JsonValue body) {
    return new Reply(body, false, false);
  }

  /// Text that is no JSON.
  static Reply plain(String text) {
    return new Reply(new JsonString(text), false, true);
  }

  static Reply empty() {
    return EMPTY;
  }

  static <T> Reply list(List<T> rows, Function<? super T, ? extends JsonValue> shape) {
    return of(array(rows, shape));
  }

  /// ThingsBoard's PageData.
  static <T> Reply page(Page<T> page, Function<? super T, ? extends JsonValue> shape) {
    return of(
        page(array(page.data(), shape), page.totalPages(), page.totalElements(), page.hasNext()));
  }

  /// A page of a list that is all there.
  static <T> Reply slice(
      List<T> all, PageLink link, Function<? super T, ? extends JsonValue> shape) {
    var shown =
        all.stream().skip((long) link.page() * link.pageSize()).limit(link.pageSize()).toList();
    int pages = (all.size() + link.pageSize() - 1) / link.pageSize();
    return of(page(array(shown, shape), pages, all.size(), link.page() + 1 < pages));
  }

  static JsonObject page(JsonArray data, int totalPages, long totalElements, boolean hasNext) {
    return JsonObject.builder()
        .put("data", data)
        .put("totalPages", totalPages)
        .put("totalElements", totalElements)
        .put("hasNext", hasNext)
        .build();
  }

  private static <T> JsonArray array(List<T> rows, Function<? super T, ? extends JsonValue> shape) {
    return new JsonArray(rows.stream().<JsonValue>map(shape).toList());
  }
}
