package io.millrace.wire.realtime;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import io.millrace.store.realtime.Branch;
import io.millrace.store.realtime.ChildKey;
import io.millrace.store.realtime.Leaf;
import io.millrace.store.realtime.Node;
import io.millrace.store.realtime.Query;
import io.millrace.store.realtime.Query.Bound;
import io.millrace.store.realtime.QueryIndex;
import io.millrace.store.realtime.TreePath;
import java.util.List;
import java.util.Optional;

/// Reads `orderBy` and what goes with it out of a request's parameters.
final class QueryParameters {
  private static final List<String> BOUNDS =
      List.of("startAt", "startAfter", "endAt", "endBefore", "equalTo");
  private static final List<String> LIMITS = List.of("limitToFirst", "limitToLast");

  private final RestRequest request;

  private QueryParameters(RestRequest request) {
    this.request = request;
  }

  /// @throws RestException in Firebase's words
  static Query of(RestRequest request) {
    return new QueryParameters(request).read();
  }

  private Query read() {
    var orderBy = request.parameter("orderBy");
    if (orderBy.isEmpty() && !request.isTrue("shallow")) {
      if (has(BOUNDS) || has(LIMITS)) {
        throw RestException.bad("orderBy must be defined when other query parameters are defined");
      }
      return Query.ALL;
    }
    if (orderBy.isPresent() && request.isTrue("shallow")) {
      throw RestException.bad("shallow cannot be mixed with ordering and filtering parameters");
    }
    var index = orderBy.map(QueryParameters::index).orElse(new QueryIndex.ByKey());
    return new Query(index, start(index), end(index), limit(), has(List.of("limitToLast")));
  }

  private boolean has(List<String> names) {
    return names.stream().anyMatch(name -> request.parameter(name).isPresent());
  }

  private static QueryIndex index(String parameter) {
    if (!(parsed(parameter) instanceof JsonString name)) {
      throw RestException.bad("orderBy must be a valid JSON encoded path");
    }
    return switch (name.value()) {
      case "$key" -> new QueryIndex.ByKey();
      case "$value" -> new QueryIndex.ByValue();
      case "$priority" -> new QueryIndex.ByPriority();
      default -> new QueryIndex.ByChild(childPath(name.value()));
    };
  }

  private static TreePath childPath(String name) {
    var path = TreePath.parse(name);
    if (path.isRoot() || path.keys().stream().anyMatch(ChildKey::isMalformed)) {
      throw RestException.bad("orderBy must be a valid JSON encoded path");
    }
    return path;
  }

  private Optional<Bound> start(QueryIndex index) {
    return one("startAt", "startAfter", index, Query.MIN_KEY, Query.MAX_KEY)
        .or(() -> equalTo(index, Query.MIN_KEY));
  }

  private Optional<Bound> end(QueryIndex index) {
    return one("endAt", "endBefore", index, Query.MAX_KEY, Query.MIN_KEY)
        .or(() -> equalTo(index, Query.MAX_KEY));
  }

  private Optional<Bound> equalTo(QueryIndex index, String key) {
    var equal = request.parameter("equalTo");
    if (equal.isPresent() && has(BOUNDS.subList(0, 4))) {
      throw RestException.bad(
          "equalTo cannot be combined with startAt, startAfter, endAt, endBefore");
    }
    return equal.map(text -> bound(text, index, key, true));
  }

  private Optional<Bound> one(
      String inclusive, String exclusive, QueryIndex index, String key, String exclusiveKey) {
    var in = request.parameter(inclusive);
    var out = request.parameter(exclusive);
    if (in.isPresent() && out.isPresent()) {
      throw RestException.bad("only one of " + inclusive + " and " + exclusive + " can be defined");
    }
    return in.map(text -> bound(text, index, key, true))
        .or(() -> out.map(text -> bound(text, index, exclusiveKey, false)));
  }

  /// @param text a JSON primitive; after a comma perhaps the key as a second one
  private static Bound bound(String text, QueryIndex index, String key, boolean inclusive) {
    if (!(parsed("[" + text + "]") instanceof JsonArray parts)
        || parts.size() < 1
        || parts.size() > 2) {
      throw notPrimitive();
    }
    var value = parts.get(0);
    if (index instanceof QueryIndex.ByKey && !(value instanceof JsonString)) {
      throw RestException.bad(
          "Constraint index field must be a JSON primitive: $key needs a string");
    }
    var name = parts.size() == 2 && parts.get(1) instanceof JsonString(var given) ? given : key;
    return new Bound(node(value), name, inclusive);
  }

  private static Node node(JsonValue value) {
    return switch (value) {
      case JsonNull _ -> Branch.EMPTY;
      case JsonObject _, JsonArray _ -> throw notPrimitive();
      default -> Leaf.of(value);
    };
  }

  private int limit() {
    var first = request.parameter("limitToFirst");
    var last = request.parameter("limitToLast");
    if (first.isPresent() && last.isPresent()) {
      throw RestException.bad("limitToFirst and limitToLast cannot both be defined");
    }
    return first
        .map(text -> positive("limitToFirst", text))
        .or(() -> last.map(text -> positive("limitToLast", text)))
        .orElse(0);
  }

  private static int positive(String name, String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit > 0) {
        return limit;
      }
    } catch (NumberFormatException e) {
      throw RestException.bad(name + " must be positive: " + text); // no other cause is known
    }
    throw RestException.bad(name + " must be positive: " + text);
  }

  private static JsonValue parsed(String text) {
    try {
      return Json.parse(text);
    } catch (JsonSyntaxException e) {
      return JsonNull.NULL;
    }
  }

  private static RestException notPrimitive() {
    return RestException.bad("Constraint index field must be a JSON primitive");
  }
}
