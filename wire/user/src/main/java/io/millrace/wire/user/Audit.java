package io.millrace.wire.user;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Ids;
import io.millrace.engine.access.Caller;
import io.millrace.store.entities.AuditEntry;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.EntityStoreException;
import io.millrace.store.entities.User;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the audit log: every request that changes something, whoever made it, done or refused.
final class Audit {
  private static final Logger log = LoggerFactory.getLogger(Audit.class);
  private static final int DATA_CHARACTERS_MAX = 50_000;
  private static final int TRIM_EVERY = 500;
  private static final Set<String> SECRET =
      Set.of("password", "newPassword", "currentPassword", "token", "value", "credentialsValue");
  private static final Map<String, EntityType> PARAMETERS = new LinkedHashMap<>();

  static {
    PARAMETERS.put("deviceId", EntityType.DEVICE);
    PARAMETERS.put("assetId", EntityType.ASSET);
    PARAMETERS.put("dashboardId", EntityType.DASHBOARD);
    PARAMETERS.put("entityViewId", EntityType.ENTITY_VIEW);
    PARAMETERS.put("alarmId", EntityType.ALARM);
    PARAMETERS.put("ruleChainId", EntityType.RULE_CHAIN);
    PARAMETERS.put("deviceProfileId", EntityType.DEVICE_PROFILE);
    PARAMETERS.put("assetProfileId", EntityType.ASSET_PROFILE);
    PARAMETERS.put("userId", EntityType.USER);
    PARAMETERS.put("customerId", EntityType.CUSTOMER);
    PARAMETERS.put("tenantId", EntityType.TENANT);
  }

  private final EntityStore entities;
  private final EntityNames names;
  private final Clock clock;
  private final Ids ids;
  private final Config config;
  private final AtomicLong written = new AtomicLong();

  Audit(EntityStore entities, Clock clock, Ids ids, Config config) {
    this.entities = entities;
    this.names = new EntityNames(entities);
    this.clock = clock;
    this.ids = ids;
    this.config = config;
  }

  /// What a request is about, looked up before it is done: a deleted entity has no name any more.
  record Subject(Optional<EntityId> entity, String name) {}

  /// Whether requests of that route are logged.
  boolean logs(RouteTable.Route route) {
    boolean isPoints = route.path().contains("/timeseries/{scope}");
    return route.effect() != RouteTable.Effect.READ
        && !route.isOpen()
        && (config.auditTelemetry() || !isPoints);
  }

  Subject subject(Request request) {
    var entity = ofPath(request);
    return new Subject(entity, entity.map(names::name).orElse(""));
  }

  void done(RouteTable.Route route, Request request, Subject subject, Reply reply) {
    append(route, request, subject, reply.body(), "");
  }

  void refused(RouteTable.Route route, Request request, Subject subject, Exception why) {
    append(route, request, subject, JsonObject.EMPTY, String.valueOf(why.getMessage()));
  }

  /// Somebody signed in, or tried to.
  void login(User user, String address, String failure) {
    var data = JsonObject.builder().put("clientAddress", address).build();
    write(
        new AuditEntry(
            ids.next(),
            clock.millis(),
            user.tenantId(),
            user.customerId(),
            user.id(),
            user.email(),
            user.id(),
            user.email(),
            "LOGIN",
            data,
            failure));
  }

  private void append(
      RouteTable.Route route, Request request, Subject subject, JsonValue reply, String failure) {
    var caller = Caller.current();
    var body = body(request);
    var entity = subject.entity().or(() -> ofJson(reply)).or(() -> ofJson(body));
    var about = entity.orElse(caller.tenantId());
    var name = subject.name().isEmpty() ? names.name(about) : subject.name();
    var data = JsonObject.builder().put("request", shortened(scrubbed(body)));
    request.context().pathParams().forEach(data::put);
    write(
        new AuditEntry(
            ids.next(),
            clock.millis(),
            caller.tenantId(),
            caller.customerId(),
            about,
            name,
            caller.userId(),
            caller.email(),
            AuditAction.of(route, body),
            data.build(),
            failure));
  }

  private void write(AuditEntry entry) {
    try {
      entities.auditLog().append(entry);
      if (written.incrementAndGet() % TRIM_EVERY == 0) {
        trim();
      }
    } catch (EntityStoreException e) {
      log.error("{} by {} is missing in the audit log", entry.action(), entry.userName(), e);
    }
  }

  private void trim() {
    var keep = Duration.ofDays(config.auditDays());
    entities.auditLog().trim(clock.millis() - keep.toMillis(), config.auditEntriesMax());
  }

  private static Optional<EntityId> ofPath(Request request) {
    var parameters = request.context().pathParams();
    try {
      if (parameters.containsKey("entityType")) {
        return Optional.of(request.entity());
      }
      for (var each : PARAMETERS.entrySet()) {
        if (parameters.containsKey(each.getKey())) {
          return Optional.of(request.id(each.getKey(), each.getValue()));
        }
      }
    } catch (RuntimeException notAnId) {
      return Optional.empty(); // the request itself says what is wrong with it
    }
    return Optional.empty();
  }

  private static Optional<EntityId> ofJson(JsonValue value) {
    if (value instanceof JsonObject object) {
      for (var name : new String[] {"id", "deviceId", "from", "ruleChainId"}) {
        if (object.get(name) instanceof JsonObject id && id.has("entityType")) {
          try {
            return Optional.of(EntityJson.read(name, id));
          } catch (RuntimeException notAnId) {
            return Optional.empty(); // the request itself says what is wrong with it
          }
        }
      }
    }
    return Optional.empty();
  }

  private static JsonValue body(Request request) {
    var buffer = request.context().body().buffer();
    try {
      return buffer == null || buffer.length() == 0
          ? JsonObject.EMPTY
          : Json.parse(buffer.getBytes());
    } catch (JsonSyntaxException notJson) {
      return JsonObject.EMPTY; // the request itself says what is wrong with it
    }
  }

  private static JsonValue scrubbed(JsonValue body) {
    if (!(body instanceof JsonObject object)) {
      return body;
    }
    var left = JsonObject.builder();
    object.forEach((name, value) -> left.put(name, SECRET.contains(name) ? hidden() : value));
    return left.build();
  }

  private static JsonValue hidden() {
    return new JsonString("***");
  }

  private static JsonValue shortened(JsonValue body) {
    var text = body.toString();
    return text.length() <= DATA_CHARACTERS_MAX
        ? body
        : JsonObject.builder()
            .put("characters", text.length())
            .put("begin", text.substring(0, 1_000))
            .build();
  }
}
