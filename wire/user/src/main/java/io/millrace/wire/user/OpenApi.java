package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// The OpenAPI 3.1 document of the REST API, made from the route table.
final class OpenApi {
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

  private static final JsonObject JSON_CONTENT =
      JsonObject.of("application/json", JsonObject.of("schema", JsonObject.EMPTY));

  private OpenApi() {}

  private static JsonObject schemes() {
    return JsonObject.builder().put("jwt", bearer()).put("apiKey", apiKey()).build();
  }

  static void routes(RouteTable table) {
    table.openGet("/api/openapi", "This document.", _ -> Reply.of(document(table)));
    table.openGet("/api/openapi.json", "This document.", _ -> Reply.of(document(table)));
  }

  static JsonObject document(RouteTable table) {
    Map<String, JsonObject.Builder> paths = new LinkedHashMap<>();
    table
        .all()
        .forEach(
            route ->
                paths
                    .computeIfAbsent(route.path(), _ -> JsonObject.builder())
                    .put(route.method().toLowerCase(Locale.ROOT), operation(route)));
    var built = JsonObject.builder();
    paths.forEach((path, operations) -> built.put(path, operations.build()));
    return JsonObject.builder()
        .put("openapi", "3.1.0")
        .put("info", JsonObject.builder().put("title", "Millrace").put("version", "1").build())
        .put("paths", built.build())
        .put("components", JsonObject.of("securitySchemes", schemes()))
        .build();
  }

  /// Method and path in one word, as `getDeviceByDeviceId`: no two routes have the same.
  private static String operationId(RouteTable.Route route) {
    var id = new StringBuilder(route.method().toLowerCase(Locale.ROOT));
    for (var part : route.path().substring(1).split("/")) {
      boolean isParameter = part.startsWith("{");
      var word = part.replaceAll("[^A-Za-z0-9]", "");
      id.append(isParameter ? "By" : "")
          .append(word.substring(0, 1).toUpperCase(Locale.ROOT))
          .append(word.substring(1));
    }
    return id.toString();
  }

  private static String tag(RouteTable.Route route) {
    var parts = route.path().substring(1).split("/");
    return parts.length > 1 ? parts[1].replaceAll("[{}]", "") : parts[0];
  }

  private static JsonObject apiKey() {
    return JsonObject.builder()
        .put("type", "apiKey")
        .put("in", "header")
        .put("name", "X-Authorization")
        .put("description", "`ApiKey ` and the key's value")
        .build();
  }

  private static JsonObject bearer() {
    return JsonObject.builder()
        .put("type", "http")
        .put("scheme", "bearer")
        .put("bearerFormat", "JWT")
        .build();
  }

  private static JsonObject operation(RouteTable.Route route) {
    var operation =
        JsonObject.builder()
            .put("operationId", operationId(route))
            .put("tags", JsonArray.of(new JsonString(tag(route))))
            .put("summary", route.summary())
            .put("parameters", parameters(route.path()))
            .put("responses", responses(route));
    if (!route.method().equals("GET") && !route.method().equals("DELETE")) {
      operation.put("requestBody", JsonObject.of("content", JSON_CONTENT));
    }
    if (!route.isOpen()) {
      operation.put("x-effect", route.effect().name());
      operation.put(
          "security",
          JsonArray.of(
              JsonObject.of("jwt", JsonArray.EMPTY), JsonObject.of("apiKey", JsonArray.EMPTY)));
      operation.put(
          "x-authorities",
          new JsonArray(
              route.allowed().stream()
                  .sorted()
                  .<JsonValue>map(authority -> new JsonString(authority.name()))
                  .toList()));
    }
    return operation.build();
  }

  private static JsonArray parameters(String path) {
    var parameters = new ArrayList<JsonValue>();
    var names = PARAMETER.matcher(path);
    while (names.find()) {
      parameters.add(
          JsonObject.builder()
              .put("name", names.group(1))
              .put("in", "path")
              .put("required", JsonBoolean.TRUE)
              .put("schema", JsonObject.of("type", new JsonString("string")))
              .build());
    }
    return new JsonArray(parameters);
  }

  private static JsonObject responses(RouteTable.Route route) {
    var responses = JsonObject.builder().put("200", described("OK"));
    if (!route.isOpen()) {
      responses.put("401", described("No token, or one that is no good"));
      responses.put("403", described("Not for this caller"));
    }
    return responses.build();
  }

  private static JsonObject described(String text) {
    return JsonObject.of("description", new JsonString(text));
  }
}
