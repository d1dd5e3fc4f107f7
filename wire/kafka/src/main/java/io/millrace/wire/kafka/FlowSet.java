package io.millrace.wire.kafka;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.model.EntityId;
import io.millrace.wire.http.HttpError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All flows of one kind: kept in the store, changed by people, running when they are enabled.
///
/// One change at a time; a changed flow ends in good order before its successor begins.
final class FlowSet implements AutoCloseable {
  private static final String MASK = "********";
  private static final List<String> SECRETS = List.of("registryPassword");

  /// Makes flows of this kind.
  interface Maker {
    /// Refuses settings that cannot work.
    ///
    /// @throws IllegalArgumentException saying what is wrong
    void check(JsonObject settings);

    /// A flow that begins to run.
    Flow start(FlowRows.Row row);
  }

  private final String what;
  private final String maxSetting;
  private final int max;
  private final FlowRows rows;
  private final Maker maker;
  private final Supplier<UUID> ids;
  private final Map<UUID, FlowRows.Row> known = new LinkedHashMap<>();
  private final Map<UUID, Flow> running = new LinkedHashMap<>();

  FlowSet(String what, int max, FlowRows rows, Maker maker, Supplier<UUID> ids) {
    this.what = what;
    this.maxSetting = "kafka." + what + ".max";
    this.max = max;
    this.rows = rows;
    this.maker = maker;
    this.ids = ids;
  }

  /// Begins with what is stored.
  synchronized void start() {
    for (var row : rows.all()) {
      known.put(row.id(), row);
      run(row);
    }
  }

  synchronized List<JsonObject> list(EntityId tenant) {
    return known.values().stream()
        .filter(row -> row.tenant().equals(tenant))
        .map(this::shown)
        .toList();
  }

  synchronized JsonObject find(EntityId tenant, UUID id) {
    return shown(row(tenant, id));
  }

  /// Adds a flow, or changes the one of that id.
  synchronized JsonObject save(EntityId tenant, @Nullable UUID id, JsonObject given) {
    var before = id == null ? JsonObject.EMPTY : row(tenant, id).settings();
    if (id == null && known.size() >= max) {
      throw HttpError.badRequest(
          "There are %d %ss already (%s); delete one or raise the setting"
              .formatted(known.size(), what, maxSetting));
    }
    var settings = unmasked(given.without("id").without("status"), before);
    try {
      maker.check(settings);
    } catch (IllegalArgumentException e) {
      throw HttpError.badRequest(String.valueOf(e.getMessage()));
    }
    var row = new FlowRows.Row(tenant, id == null ? ids.get() : id, settings);
    end(row.id());
    rows.save(row);
    known.put(row.id(), row);
    run(row);
    return shown(row);
  }

  synchronized void delete(EntityId tenant, UUID id) {
    row(tenant, id);
    end(id);
    rows.delete(tenant, id);
    known.remove(id);
  }

  /// Ends and forgets all of a tenant that is gone.
  synchronized void deleteAll(EntityId tenant) {
    var gone = known.values().stream().filter(row -> row.tenant().equals(tenant)).toList();
    gone.forEach(row -> delete(tenant, row.id()));
  }

  synchronized void eachRunning(Consumer<Flow> action) {
    running.values().forEach(action);
  }

  private FlowRows.Row row(EntityId tenant, UUID id) {
    var row = known.get(id);
    if (row == null || !row.tenant().equals(tenant)) {
      throw HttpError.notFound();
    }
    return row;
  }

  private void run(FlowRows.Row row) {
    if (row.settings().get("enabled") != JsonBoolean.FALSE) {
      running.put(row.id(), maker.start(row));
    }
  }

  private void end(UUID id) {
    var flow = running.remove(id);
    if (flow != null) {
      flow.close();
    }
  }

  private JsonObject shown(FlowRows.Row row) {
    var shown = JsonObject.builder().put("id", row.id().toString());
    row.settings()
        .forEach(
            (name, value) ->
                shown.put(name, SECRETS.contains(name) ? new JsonString(MASK) : value));
    var flow = running.get(row.id());
    var status =
        flow == null ? JsonObject.builder().put("state", "STOPPED").build() : flow.status();
    return shown.put("status", status).build();
  }

  /// A password that comes back as it was shown stays what it is.
  private static JsonObject unmasked(JsonObject given, JsonObject before) {
    var result = given;
    for (var secret : SECRETS) {
      if (given.text(secret, "").equals(MASK)) {
        result = result.with(secret, new JsonString(before.text(secret, "")));
      }
    }
    return result;
  }

  @Override
  public synchronized void close() {
    new ArrayList<>(running.keySet()).forEach(this::end);
  }
}
