package io.millrace.wire.realtime;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.security.SecurityRules;
import io.millrace.engine.security.Trace;
import io.millrace.store.realtime.Database;
import io.millrace.store.realtime.Query;
import io.millrace.store.realtime.RealtimeWrite;
import io.millrace.store.realtime.TreePath;
import io.millrace.store.realtime.WriteResult;
import java.util.ArrayList;

/// Tries a read or write against rules and the data as it is, without doing it.
final class Simulation {
  private final JsonObject asked;
  private final Database database;
  private final SecurityRules rules;
  private final long nowMs;

  private Simulation(JsonObject asked, Database database, SecurityRules rules, long nowMs) {
    this.nowMs = nowMs;
    this.asked = asked;
    this.database = database;
    this.rules = rules;
  }

  /// @param asked `method` get, set, update or delete; `path`; `auth`; `data`; perhaps `query` as
  ///     the SDKs send it, and `rules` as text instead of the stored ones
  static Trace of(JsonObject asked, Database database, SecurityRules stored, long nowMs) {
    var rules =
        asked.get("rules") instanceof JsonString(var text) ? SecurityRules.parse(text) : stored;
    return new Simulation(asked, database, rules, nowMs).run();
  }

  private Trace run() {
    var path = TreePath.parse(asked.text("path", "/"));
    return switch (asked.text("method", "get")) {
      case "get" -> read(path);
      case "set" -> write(RealtimeWrite.put(path, value("data")));
      case "delete" -> write(RealtimeWrite.delete(path));
      case "update" -> {
        if (value("data") instanceof JsonObject values) {
          yield write(RealtimeWrite.patch(path, values));
        }
        throw RestException.bad("An update needs an object as data");
      }
      default -> throw RestException.bad("method is one of get, set, update, delete");
    };
  }

  private Trace read(TreePath path) {
    var query = asked.get("query") instanceof JsonObject q ? QueryObject.read(q) : Query.ALL;
    return rules.explain(
        new SecurityRules.Read(database.root(), path, query, value("auth"), nowMs));
  }

  private Trace write(RealtimeWrite write) {
    var traces = new ArrayList<Trace>();
    var result =
        database.rehearse(
            write,
            (before, after, paths, writtenMs) -> {
              var trace =
                  rules.explain(
                      new SecurityRules.Write(before, after, paths, value("auth"), writtenMs));
              traces.add(trace);
              return trace.isAllowed();
            });
    if (traces.isEmpty()) {
      throw RestException.bad(
          result instanceof WriteResult.Invalid(_, var reason) ? reason : "Nothing to write");
    }
    return traces.getFirst();
  }

  private JsonValue value(String name) {
    var value = asked.get(name);
    return value == null ? JsonNull.NULL : value;
  }
}
