package io.millrace.wire.user;

import io.millrace.base.config.Settings;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Ids;
import io.millrace.base.runtime.Refusal;
import io.millrace.engine.access.Access;
import io.millrace.engine.access.Login;
import io.millrace.engine.alarms.Alarms;
import io.millrace.engine.fields.FieldIndex;
import io.millrace.engine.fields.FieldWatch;
import io.millrace.engine.live.LiveUpdates;
import io.millrace.engine.notifications.MailSettings;
import io.millrace.engine.notifications.NotificationCall;
import io.millrace.engine.notifications.NotificationDelivery;
import io.millrace.engine.notifications.NotificationWatch;
import io.millrace.engine.notifications.Recipients;
import io.millrace.engine.pipeline.Pipeline;
import io.millrace.engine.pipeline.StoredQueues;
import io.millrace.engine.pipeline.TelemetryRow;
import io.millrace.engine.rpc.RpcRequest;
import io.millrace.engine.rpc.Rpcs;
import io.millrace.engine.rules.ChainDefinition;
import io.millrace.engine.rules.NodeServices;
import io.millrace.engine.rules.NodeStates;
import io.millrace.engine.rules.Routes;
import io.millrace.engine.rules.RuleEngine;
import io.millrace.engine.rules.nodes.StandardNodes;
import io.millrace.engine.scripts.Scripts;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.entities.Authority;
import io.millrace.store.entities.Customer;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.DeviceCredentials;
import io.millrace.store.entities.EntityListener;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.Role;
import io.millrace.store.entities.StoredRuleChain;
import io.millrace.store.entities.Tenant;
import io.millrace.store.entities.User;
import io.millrace.store.messages.MessageLog;
import io.millrace.store.timeseries.TimeseriesStore;
import io.millrace.testkit.SimulatedTime;
import io.millrace.wire.http.HttpDelivery;
import io.millrace.wire.http.HttpListener;
import io.millrace.wire.http.HttpServer;
import io.millrace.wire.http.Outgoing;
import io.millrace.wire.mail.MailDelivery;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The whole platform behind the API, with real parts on a simulated clock, and two tenants in it.
final class Platform implements AutoCloseable {
  static final String PASSWORD = "correct horse";

  final SimulatedTime time = new SimulatedTime();
  final Counters counters = new Counters();
  final CountedBackups backups = new CountedBackups();
  final EntityStore entities;
  final UserApi api;
  final Pipeline pipeline;
  final Rpcs rpcs;
  final HttpListener listener;
  final Access access;
  final EntityId tenantA;
  final EntityId tenantB;
  final EntityId customerA;
  final Device deviceA;
  final Device deviceOfCustomer;
  final Device deviceB;

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Random random = new Random(11);
  private final Ids ids;

  Platform(Path directory) {
    ids = new Ids(time, random);
    var store = opened(CommitStore.open(directory, 8L << 20));
    entities =
        opened(
            EntityStore.open(io.millrace.store.entities.Config.embedded(), directory, time, ids));
    var timeseries = TimeseriesStore.open(store);
    var attributes = AttributeStore.open(store);
    var alarms = Alarms.open(store, Settings.defaults(io.millrace.engine.alarms.Config.class));
    var scripts =
        opened(
            new Scripts(Settings.defaults(io.millrace.engine.scripts.Config.class), time, random));
    rpcs =
        opened(
            Rpcs.open(Settings.defaults(io.millrace.engine.rpc.Config.class), store, time, time));
    var services =
        new NodeServices(
            scripts, timeseries, attributes, alarms, entities, new NodeStates(store), rpcs);
    var rules =
        new RuleEngine(
            Settings.defaults(io.millrace.engine.rules.Config.class),
            StandardNodes.types(),
            services,
            Routes.ROOT,
            time);
    var fields =
        FieldIndex.open(
            Settings.defaults(io.millrace.engine.fields.Config.class), entities, scripts);
    var notices = Settings.defaults(io.millrace.engine.notifications.Config.class);
    rules.watch(
        each -> new NotificationWatch(entities, each.alarms(), new FieldWatch(fields, each)));
    var cheapHashes = Settings.of().addFlags(List.of("--access.hashMemoryKb=1024"));
    access =
        Access.open(
            cheapHashes.bind("access", io.millrace.engine.access.Config.class),
            store,
            entities,
            time,
            ids,
            random);
    var live =
        new LiveUpdates(
            Settings.defaults(io.millrace.engine.live.Config.class),
            timeseries,
            attributes,
            alarms,
            time,
            counters);
    entities.onChange(new Deployment(entities, rules));
    pipeline =
        opened(
            Pipeline.open(
                Settings.defaults(io.millrace.engine.pipeline.Config.class),
                store,
                rules,
                time,
                time,
                counters,
                ids));
    var queues = new StoredQueues(entities);
    queues.furnish();
    pipeline.queues(queues);
    pipeline.deliveries(NotificationCall.KIND, new NotificationDelivery(notices, entities, time));
    var mail =
        new MailDelivery(
            Settings.defaults(io.millrace.wire.mail.Config.class),
            new MailSettings(entities)::stored,
            time::millis);
    pipeline.deliveries(MailDelivery.KIND, mail);
    pipeline.deliveries("http", opened(new HttpDelivery(Settings.defaults(Outgoing.class))));
    var messages = Settings.defaults(io.millrace.store.messages.Config.class);
    pipeline.keepMessages(opened(MessageLog.open(store, messages, time, time, counters)));
    pipeline.start();

    tenantA = tenant("A");
    tenantB = tenant("B");
    customerA = customer(tenantA);
    user(Authority.SYS_ADMIN, EntityStore.SYSTEM_TENANT, null, "root@x.example");
    user(Authority.TENANT_ADMIN, tenantA, null, "a@x.example");
    user(Authority.TENANT_ADMIN, tenantB, null, "b@x.example");
    user(Authority.CUSTOMER_USER, tenantA, customerA, "customer@x.example");
    role("reader@x.example", null, Role.READ_ONLY);
    role("editor@x.example", null, Role.EDITOR);
    role("guest@x.example", customerA, Role.READ_ONLY);
    deviceA = device(tenantA, null, "Boiler", "TOKEN_A");
    deviceOfCustomer = device(tenantA, customerA, "Meter", "TOKEN_C");
    deviceB = device(tenantB, null, "Pump", "TOKEN_B");

    var server =
        opened(HttpServer.open(Settings.defaults(io.millrace.wire.http.Config.class), time));
    listener = opened(server.listener("http.port", "127.0.0.1", 0));
    api =
        opened(
            new UserApi(
                Settings.defaults(Config.class),
                new UserApi.Parts(
                    access,
                    entities,
                    timeseries,
                    attributes,
                    alarms,
                    rpcs,
                    rules,
                    fields,
                    new Recipients(entities, notices),
                    new UserApi.Mail(mail, mail.settings()),
                    scripts,
                    pipeline,
                    live,
                    counters,
                    time,
                    time,
                    ids,
                    random,
                    Platform::info,
                    store::trouble,
                    Optional::empty,
                    () ->
                        List.of(
                            new LogLine(1, "INFO", "Start", "begun", ""),
                            new LogLine(2, "WARN", "Mqtt", "a peer misbehaves", "")),
                    backups)));
    api.mount(listener, server.blocking());
    listener.start();
  }

  /// A persistent command to device A, which is not there.
  String keepCommand() {
    var request =
        new RpcRequest(
            ids.next(),
            tenantA,
            deviceA.id(),
            "setGpio",
            JsonObject.EMPTY,
            false,
            true,
            rpcs.expires(true),
            0,
            JsonNull.NULL);
    return pipeline
        .ingest()
        .execute(
            deviceA.id(),
            batch -> {
              rpcs.keep(batch.commit(), request);
              return request.id().toString();
            })
        .join();
  }

  Client as(String email) {
    return new Client(listener.port(), token(email));
  }

  Client anonymous() {
    return new Client(listener.port(), "");
  }

  String token(String email) {
    return ((Login.SignedIn) access.login(email, PASSWORD, "192.0.2.1")).tokens().token();
  }

  /// Sends telemetry as the device would and waits for the acknowledgement.
  void telemetry(Device device, long ts, JsonObject values) {
    var acknowledged = new CompletableFuture<Boolean>();
    var metadata =
        JsonObject.builder()
            .put("deviceName", device.name())
            .put("deviceType", device.type())
            .build();
    pipeline
        .ingest()
        .telemetry(
            device.tenantId(),
            device.id(),
            metadata,
            List.of(new TelemetryRow(ts, values)),
            new Ack() {
              @Override
              public void done() {
                acknowledged.complete(true);
              }

              @Override
              public void refused(Refusal refusal) {
                acknowledged.completeExceptionally(new IllegalStateException(refusal.toString()));
              }
            });
    acknowledged.join();
  }

  @Override
  public void close() throws Exception {
    while (!parts.isEmpty()) {
      parts.pop().close();
    }
  }

  private static PlatformInfo info() {
    return new PlatformInfo(
        "0.1.0",
        true,
        List.of(new PlatformInfo.DemoLogin("tenant@thingsboard.org", "tenant")),
        new PlatformInfo.Realtime("http://localhost:9000", List.of("module24project")),
        new PlatformInfo.Mqtt(1883, List.of(9883), 9001),
        new PlatformInfo.Kafka("UP", "embedded", "localhost:9092"));
  }

  private EntityId tenant(String title) {
    var tenant =
        entities.tenants().save(Tenant.named(entities.newId(EntityType.TENANT), title)).id();
    new TenantSetup(entities).furnish(tenant);
    return tenant;
  }

  private EntityId customer(EntityId tenant) {
    var id = entities.newId(EntityType.CUSTOMER);
    return entities.customers().save(Customer.named(id, tenant, "Customer A")).id();
  }

  private void user(
      Authority authority, EntityId tenant, @Nullable EntityId customer, String email) {
    access.newUser(authority, tenant, customer, email, PASSWORD);
  }

  /// A user of tenant A with that role.
  private void role(String email, @Nullable EntityId customer, Role role) {
    var authority = customer == null ? Authority.TENANT_ADMIN : Authority.CUSTOMER_USER;
    var user = access.newUser(authority, tenantA, customer, email, PASSWORD);
    entities
        .users()
        .save(
            new User(
                user.id(),
                user.createdTime(),
                tenantA,
                customer,
                authority,
                role,
                true,
                email,
                "",
                "",
                "",
                JsonObject.EMPTY,
                user.version()));
  }

  private Device device(EntityId tenant, @Nullable EntityId customer, String name, String token) {
    var profile = entities.deviceProfiles().findDefault(tenant).orElseThrow();
    var device =
        new Device(
            entities.newId(EntityType.DEVICE),
            0,
            tenant,
            customer,
            name,
            profile.name(),
            "",
            profile.id(),
            JsonObject.EMPTY,
            JsonObject.EMPTY,
            0);
    var credentials =
        DeviceCredentials.token(entities.newId(EntityType.DEVICE_CREDENTIALS), device, token);
    return entities.devices().create(device, credentials);
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  /// Keeps the engine in step with the stored chains, as the application does.
  private record Deployment(EntityStore entities, RuleEngine rules) implements EntityListener {
    @Override
    public void changed(EntityId id) {
      if (id.type() == EntityType.RULE_CHAIN) {
        entities.ruleChains().find(id).ifPresent(this::deploy);
      }
    }

    private void deploy(StoredRuleChain chain) {
      rules.deploy(
          List.of(
              new ChainDefinition(
                  chain.id().id(),
                  chain.tenantId(),
                  chain.name(),
                  chain.root(),
                  chain.metadata())));
    }

    @Override
    public void deleted(EntityId id) {
      if (id.type() == EntityType.RULE_CHAIN) {
        rules.remove(id.id());
      }
    }
  }
}
