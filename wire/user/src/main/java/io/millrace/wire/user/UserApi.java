package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Ids;
import io.millrace.base.runtime.Scheduler;
import io.millrace.engine.access.Access;
import io.millrace.engine.alarms.Alarms;
import io.millrace.engine.fields.FieldIndex;
import io.millrace.engine.fields.FieldTest;
import io.millrace.engine.live.LiveUpdates;
import io.millrace.engine.notifications.Recipients;
import io.millrace.engine.pipeline.Delivery;
import io.millrace.engine.pipeline.Pipeline;
import io.millrace.engine.rpc.Rpcs;
import io.millrace.engine.rules.RuleEngine;
import io.millrace.engine.scripts.Scripts;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.timeseries.StorageStatus;
import io.millrace.store.timeseries.TimeseriesStore;
import io.millrace.wire.http.BlockingHandlers;
import io.millrace.wire.http.HttpListener;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// All of the user-side API: builds one `XApi` per resource and puts their routes on a port.
public final class UserApi implements AutoCloseable {
  /// What the API stands on.
  ///
  /// @param random must be a secure one: it makes access tokens of devices
  /// @param trouble why nothing can be stored now, if so
  /// @param storage how much disk is used, when that is known
  /// @param log the newest lines of the process's log, oldest first
  public record Parts(
      Access access,
      EntityStore entities,
      TimeseriesStore timeseries,
      AttributeStore attributes,
      Alarms alarms,
      Rpcs rpcs,
      RuleEngine rules,
      FieldIndex fields,
      Recipients recipients,
      Mail mail,
      Scripts scripts,
      Pipeline pipeline,
      LiveUpdates live,
      Counters counters,
      Clock clock,
      Scheduler scheduler,
      Ids ids,
      RandomGenerator random,
      Supplier<PlatformInfo> info,
      Supplier<Optional<String>> trouble,
      Supplier<Optional<StorageStatus>> storage,
      Supplier<List<LogLine>> log,
      Backups backups) {}

  /// How mail leaves.
  ///
  /// @param delivery takes calls of the kind `mail`
  /// @param settings the mail server of the settings file, in ThingsBoard's names
  public record Mail(Delivery delivery, JsonObject settings) {}

  private final Parts parts;
  private final RouteTable table = new RouteTable();
  private final UserSockets sockets;
  private final Audit audit;

  public UserApi(Config config, Parts parts) {
    this.parts = parts;
    var entities = parts.entities();
    var guard = new Guard(entities);
    var info = new AlarmInfo(entities);
    var engine =
        new EngineWrites(parts.pipeline().ingest(), parts.rules(), parts.clock(), parts.ids());
    var remains = new EntityRemains(engine, parts.timeseries(), parts.attributes(), parts.alarms());
    audit = new Audit(entities, parts.clock(), parts.ids(), config);
    new AuthApi(parts.access(), entities, audit).routes(table);
    new AccountsApi(guard, entities, parts.access()).routes(table);
    new ApiKeysApi(guard, entities, parts.access(), parts.clock()).routes(table);
    new AuditApi(entities).routes(table);
    var activity =
        new DeviceActivity(
            parts.attributes(), parts.timeseries(), parts.clock(), config.inactivityTimeout());
    var bulk =
        new BulkImport(engine, parts.attributes(), parts.timeseries(), config.importRowsMax());
    new DevicesApi(guard, entities, engine, remains, bulk, parts.random()).routes(table);
    new DeviceListsApi(guard, entities, activity).routes(table);
    new DeviceProfilesApi(guard, entities).routes(table);
    new AlarmPreviewApi(guard, parts.timeseries(), parts.attributes()).routes(table);
    new AssetsApi(guard, entities, engine, remains, bulk).routes(table);
    new AssetProfilesApi(guard, entities).routes(table);
    new EntityViewsApi(guard, entities, engine, remains).routes(table);
    new RelationsApi(guard, entities, engine, config.relationsFoundMax()).routes(table);
    var dashboards = new DashboardsApi(guard, entities, engine, parts.clock(), PointBudget.MAX);
    dashboards.routes(table);
    new HomeDashboardsApi(guard, entities, dashboards).routes(table);
    new WidgetsApi(entities).routes(table);
    new EventsApi(guard, entities, parts.rules(), parts.fields()).routes(table);
    new CalculatedFieldsApi(guard, entities, parts.fields(), new FieldTest(parts.scripts()), engine)
        .routes(table);
    var rows = new EntityRows(entities, guard, config.queryEntitiesMax());
    var filter = new EntityFilter(rows, entities.relations(), guard, config.relationsFoundMax());
    var values =
        new EntityValues(
            parts.attributes(), parts.timeseries(), new EntityNames(entities), parts.clock());
    var queries = new EntityQueries(filter, values);
    var alarmQueries = new AlarmQueries(queries, values, parts.alarms(), info);
    new EntityQueriesApi(queries, alarmQueries, parts.attributes(), parts.timeseries())
        .routes(table);
    new TelemetryApi(guard, parts.timeseries(), engine, parts.clock()).routes(table);
    new ValueHistoryApi(guard, entities, parts.attributes(), parts.timeseries(), parts.clock())
        .routes(table);
    new AttributesApi(guard, parts.attributes(), engine, parts.clock()).routes(table);
    new AlarmsApi(guard, parts.alarms(), entities.alarmComments(), info, engine, parts.ids())
        .routes(table);
    new AlarmCommentsApi(guard, parts.alarms(), entities, engine, parts.clock(), parts.ids())
        .routes(table);
    new NotificationsApi(entities, parts.recipients(), engine).routes(table);
    new NotificationSetupApi(entities, parts.recipients()).routes(table);
    new MailSettingsApi(entities, parts.mail(), parts.ids()).routes(table);
    new RpcApi(guard, parts.rpcs(), engine, parts.ids()).routes(table);
    var gate = new DeployGate(entities, parts.rules());
    var chainTests =
        new ChainTestsApi(
            guard, entities, parts.rules(), gate, parts.ids(), config.chainTestsMax());
    new RuleChainsApi(guard, entities, parts.rules(), gate, chainTests).routes(table);
    new RuleChainVersionsApi(guard, entities, parts.rules(), gate).routes(table);
    chainTests.routes(table);
    new ShadowsApi(guard, parts.rules()).routes(table);
    new RehearsalsApi(guard, parts.rules(), parts.pipeline()).routes(table);
    new RuleEngineApi(guard, engine, parts.pipeline().restReplies()).routes(table);
    new QueuesApi(entities).routes(table);
    new RuleViewsApi(parts.rules()).routes(table);
    new ComponentsApi(parts.rules().types()).routes(table);
    new ScriptsApi(parts.scripts()).routes(table);
    new UsersApi(guard, entities, parts.access()).routes(table);
    new CustomersApi(guard, entities).routes(table);
    new TenantsApi(entities, new TenantSetup(entities)).routes(table);
    new DeadLettersApi(parts.pipeline().deadLetters()).routes(table);
    new InfoApi(parts.info(), parts.trouble(), parts.storage(), parts.counters()).routes(table);
    new MessagesApi(guard, parts.pipeline(), parts.clock()).routes(table);
    new LogApi(entities, parts.log()).routes(table);
    new BackupApi(parts.backups()).routes(table);
    OpenApi.routes(table);
    var entityData =
        new EntityDataSubscriber(queries, alarmQueries, values, parts.timeseries(), parts.live());
    sockets =
        new UserSockets(
            config, parts, guard, new Subscriber(parts, guard, info, entityData, alarmQueries));
  }

  /// Adds all routes and the WebSocket paths; before the port is opened.
  public void mount(HttpListener listener, BlockingHandlers blocking) {
    new RouteMount(parts.access(), blocking, audit).mount(table, listener.router());
    sockets.mount(listener);
  }

  RouteTable routes() {
    return table;
  }

  /// Closes the open WebSockets.
  @Override
  public void close() {
    sockets.close();
  }
}
