package io.millrace.wire.realtime;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.security.RulesException;
import io.millrace.engine.security.Trace;
import io.millrace.store.realtime.Branch;
import io.millrace.store.realtime.Database;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/// Answers `/.settings/…`: security rules and trying them, keep rules, history, usage.
/// Administrators only.
final class RestSettings {
  private static final String RULES = "/.settings/rules.json";
  private static final String KEEP = "/.settings/keep.json";
  private static final String MIRROR = "/.settings/mirror.json";
  private static final String HISTORY = "/.settings/history.json";
  private static final String UNDO = "/.settings/undo.json";
  private static final String USAGE = "/.settings/usage.json";
  private static final String SIMULATE = "/.settings/rules/simulate.json";
  private static final int RULES_BYTES_MAX = 2 << 20;

  private final Gate gate;
  private final RulesBook rules;
  private final SdkStatistics statistics;
  private final Function<String, JsonArray> imports;
  private final Consumer<Database> mirrorChanged;

  /// @param statistics what SDKs report
  /// @param imports how far the large writes at a database are
  /// @param mirrorChanged hears of a database whose mirror rules have changed
  RestSettings(
      Gate gate,
      RulesBook rules,
      SdkStatistics statistics,
      Function<String, JsonArray> imports,
      Consumer<Database> mirrorChanged) {
    this.mirrorChanged = mirrorChanged;
    this.imports = imports;
    this.gate = gate;
    this.rules = rules;
    this.statistics = statistics;
  }

  static boolean takes(RestRequest request) {
    return request.path().startsWith("/.settings/");
  }

  static void checkAdmin(Caller caller) {
    if (!caller.isAdmin()) {
      throw new RestException(401, "Unauthorized request.");
    }
  }

  CompletableFuture<RestReply> answer(RestRequest request, Database database, Caller caller) {
    if (request.verb().equals("POST") && request.path().equals(UNDO)) {
      return RestHistory.undo(request, database, caller);
    }
    var reply =
        switch (request.verb() + " " + request.path()) {
          case "GET " + RULES -> rules(request, database.name());
          case "PUT " + RULES -> change(request, database);
          case "GET " + KEEP -> RestReply.json(200, database.keepRules());
          case "PUT " + KEEP -> keep(request, database);
          case "GET " + MIRROR -> RestReply.json(200, database.text(MirrorRule.TEXT).orElse("[]"));
          case "PUT " + MIRROR -> mirror(request, database);
          case "GET " + HISTORY -> RestHistory.read(request, database);
          case "GET " + USAGE -> usage(database);
          case "POST " + SIMULATE -> simulate(request, database);
          default ->
              throw new RestException(
                  404, request.verb() + " " + request.path() + " is not known; there is " + RULES);
        };
    return CompletableFuture.completedFuture(reply);
  }

  private RestReply rules(RestRequest request, String database) {
    var known = gate.rules(database);
    boolean isStrict = request.parameters().getOrDefault("format", "").equals("strict");
    return RestReply.json(200, isStrict ? known.json().toString() : known.source());
  }

  private RestReply mirror(RestRequest request, Database database) {
    try {
      var text = text(request);
      MirrorRule.parse(text);
      database.setText(MirrorRule.TEXT, text);
      mirrorChanged.accept(database);
      return RestReply.json(200, "{\"status\":\"ok\"}");
    } catch (IllegalArgumentException e) {
      throw RestException.bad(String.valueOf(e.getMessage()));
    }
  }

  private static RestReply keep(RestRequest request, Database database) {
    try {
      database.keep(text(request));
      return RestReply.json(200, "{\"status\":\"ok\"}");
    } catch (IllegalArgumentException e) {
      throw RestException.bad(String.valueOf(e.getMessage()));
    }
  }

  /// What the database takes and who is there.
  private RestReply usage(Database database) {
    var root = database.root();
    return RestReply.json(
        200,
        JsonObject.builder()
            .put("bytes", root.sizeBytes())
            .put("children", root instanceof Branch branch ? branch.size() : 0)
            .put("listeners", database.listeners())
            .put("waitingWrites", database.waitingWrites())
            .put("sdks", statistics.of(database.name()).shown())
            .put("imports", imports.apply(database.name()))
            .build()
            .toString());
  }

  private RestReply change(RestRequest request, Database database) {
    try {
      rules.change(database, text(request));
      return RestReply.json(200, "{\"status\":\"ok\"}");
    } catch (RulesException e) {
      throw RestException.bad(String.valueOf(e.getMessage()));
    }
  }

  private static String text(RestRequest request) {
    if (request.body().length > RULES_BYTES_MAX) {
      throw RestException.bad("Rules of more than " + RULES_BYTES_MAX + " bytes are not taken");
    }
    return new String(request.body(), StandardCharsets.UTF_8);
  }

  private RestReply simulate(RestRequest request, Database database) {
    try {
      if (Json.parse(text(request)) instanceof JsonObject asked) {
        var simulation = Simulation.of(asked, database, gate.rules(database.name()), gate.nowMs());
        return RestReply.json(200, shown(simulation).toString());
      }
    } catch (JsonSyntaxException e) {
      throw RestException.bad("A simulation is a JSON object: " + e.getMessage());
    } catch (RulesException e) {
      throw RestException.bad(String.valueOf(e.getMessage()));
    }
    throw RestException.bad("A simulation is a JSON object with method, path, auth and data");
  }

  private static JsonObject shown(Trace trace) {
    var steps = trace.steps().stream().<JsonValue>map(RestSettings::shown).toList();
    return JsonObject.builder()
        .put("allowed", trace.isAllowed())
        .put("steps", new JsonArray(steps))
        .build();
  }

  private static JsonObject shown(Trace.Step step) {
    return JsonObject.builder()
        .put("path", step.path().toString())
        .put("kind", step.kind())
        .put("rule", step.rule())
        .put("line", step.line())
        .put("result", step.isTrue())
        .put("error", step.failure().<JsonValue>map(JsonString::new).orElse(JsonNull.NULL))
        .build();
  }
}
