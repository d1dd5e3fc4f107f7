package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Ids;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All entities, in one SQL database. Calls block; any thread.
public final class EntityStore implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EntityStore.class);

  /// ThingsBoard's id of no tenant: the one that system administrators belong to.
  public static final EntityId SYSTEM_TENANT =
      EntityId.of(EntityType.TENANT, "13814000-1dd2-11b2-8080-808080808080");

  private final Database database;
  private final Clock clock;
  private final Ids ids;
  private final List<EntityListener> listeners = new CopyOnWriteArrayList<>();
  private final Tenants tenants = new Tenants(this);
  private final Customers customers = new Customers(this);
  private final Users users = new Users(this);
  private final DeviceProfiles deviceProfiles = new DeviceProfiles(this);
  private final Devices devices = new Devices(this);
  private final Credentials credentials = new Credentials(this);
  private final RuleChains ruleChains = new RuleChains(this);
  private final RuleChainVersions ruleChainVersions;
  private final RuleChainTests ruleChainTests = new RuleChainTests(this);
  private final AssetProfiles assetProfiles = new AssetProfiles(this);
  private final Assets assets = new Assets(this);
  private final CalculatedFields calculatedFields = new CalculatedFields(this);
  private final EntityViews entityViews = new EntityViews(this);
  private final Dashboards dashboards = new Dashboards(this);
  private final Documents widgetsBundles =
      new Documents(this, "widgets_bundle", EntityType.WIDGETS_BUNDLE);
  private final Documents widgetTypes = new Documents(this, "widget_type", EntityType.WIDGET_TYPE);
  private final Documents resources = new Documents(this, "resource", EntityType.TB_RESOURCE);
  private final Documents queues = new Documents(this, "queue", EntityType.QUEUE);
  private final Documents notificationTargets =
      new Documents(this, "notification_target", EntityType.NOTIFICATION_TARGET);
  private final Documents notificationTemplates =
      new Documents(this, "notification_template", EntityType.NOTIFICATION_TEMPLATE);
  private final Documents notificationRules =
      new Documents(this, "notification_rule", EntityType.NOTIFICATION_RULE);
  private final Notifications notifications = new Notifications(this);
  private final ApiKeys apiKeys = new ApiKeys(this);
  private final Relations relations = new Relations(this);
  private final AccountLinks accountLinks = new AccountLinks(this);
  private final AccountSettings accountSettings = new AccountSettings(this);
  private final AdminSettings adminSettings = new AdminSettings(this);
  private final AuditLog auditLog = new AuditLog(this);
  private final AlarmComments alarmComments = new AlarmComments(this);

  private EntityStore(Config config, Database database, Clock clock, Ids ids) {
    this.database = database;
    this.ruleChainVersions = new RuleChainVersions(this, config.versionsPerRuleChain());
    this.clock = clock;
    this.ids = ids;
  }

  /// Opens the database and brings its tables up to date.
  ///
  /// @param directory where SQLite's file is kept; unused for PostgreSQL
  /// @throws EntityStoreException when it cannot be opened or was written by a newer version
  public static EntityStore open(Config config, Path directory, Clock clock, Ids ids) {
    return new EntityStore(config, Database.open(config, directory), clock, ids);
  }

  /// What is wrong with the files of a database that nobody has open; [#problems] says the rest.
  public static Optional<String> damage(Config config, Path directory) throws IOException {
    return Database.damage(config, directory);
  }

  /// The id of an entity to be made.
  public EntityId newId(EntityType type) {
    return new EntityId(type, ids.next());
  }

  public Tenants tenants() {
    return tenants;
  }

  public Customers customers() {
    return customers;
  }

  public Users users() {
    return users;
  }

  public DeviceProfiles deviceProfiles() {
    return deviceProfiles;
  }

  public Devices devices() {
    return devices;
  }

  public Credentials credentials() {
    return credentials;
  }

  public RuleChains ruleChains() {
    return ruleChains;
  }

  public RuleChainVersions ruleChainVersions() {
    return ruleChainVersions;
  }

  public RuleChainTests ruleChainTests() {
    return ruleChainTests;
  }

  public Documents queues() {
    return queues;
  }

  public AssetProfiles assetProfiles() {
    return assetProfiles;
  }

  public Assets assets() {
    return assets;
  }

  public CalculatedFields calculatedFields() {
    return calculatedFields;
  }

  public EntityViews entityViews() {
    return entityViews;
  }

  public Dashboards dashboards() {
    return dashboards;
  }

  public Documents widgetsBundles() {
    return widgetsBundles;
  }

  public Documents widgetTypes() {
    return widgetTypes;
  }

  public Documents resources() {
    return resources;
  }

  /// Whom notifications may go to.
  public Documents notificationTargets() {
    return notificationTargets;
  }

  public Documents notificationTemplates() {
    return notificationTemplates;
  }

  public Documents notificationRules() {
    return notificationRules;
  }

  public Notifications notifications() {
    return notifications;
  }

  public ApiKeys apiKeys() {
    return apiKeys;
  }

  public AccountLinks accountLinks() {
    return accountLinks;
  }

  public AdminSettings adminSettings() {
    return adminSettings;
  }

  public AccountSettings accountSettings() {
    return accountSettings;
  }

  public AuditLog auditLog() {
    return auditLog;
  }

  public AlarmComments alarmComments() {
    return alarmComments;
  }

  public Relations relations() {
    return relations;
  }

  /// Copies all entities into `file` (SQLite only), and runs `meanwhile` before anybody can change
  /// one: what that copies belongs to these entities.
  ///
  /// @return whether there is a copy; PostgreSQL is copied with its own tools
  public boolean snapshot(Path file, Runnable meanwhile) {
    try {
      return database.snapshot(file, meanwhile);
    } catch (JdbiException e) {
      throw refused("copy", e);
    }
  }

  /// What the database finds wrong with itself; empty when all is well.
  public List<String> problems() {
    return read(database::problems);
  }

  /// Whether there is such an entity; empty when entities of that type are not kept.
  public Optional<Boolean> exists(EntityId id) {
    return switch (id.type()) {
      case TENANT -> Optional.of(tenants.find(id).isPresent());
      case CUSTOMER -> Optional.of(customers.find(id).isPresent());
      case USER -> Optional.of(users.find(id).isPresent());
      case DEVICE_PROFILE -> Optional.of(deviceProfiles.find(id).isPresent());
      case DEVICE -> Optional.of(devices.find(id).isPresent());
      case RULE_CHAIN -> Optional.of(ruleChains.find(id).isPresent());
      case ASSET_PROFILE -> Optional.of(assetProfiles.find(id).isPresent());
      case ASSET -> Optional.of(assets.find(id).isPresent());
      case ENTITY_VIEW -> Optional.of(entityViews.find(id).isPresent());
      case CALCULATED_FIELD -> Optional.of(calculatedFields.find(id).isPresent());
      case DASHBOARD -> Optional.of(dashboards.find(id).isPresent());
      default -> Optional.empty();
    };
  }

  /// Adds a listener for good; call before the first save.
  public void onChange(EntityListener listener) {
    listeners.add(listener);
  }

  @Override
  public void close() {
    database.close();
  }

  long now() {
    return clock.millis();
  }

  <T> T read(Function<Handle, T> work) {
    try {
      return database.readers().withHandle(work::apply);
    } catch (JdbiException e) {
      throw refused("read", e);
    }
  }

  /// Does the work all or nothing; then memory is brought up to date and listeners are told.
  <T> T write(Function<Transaction, T> work) {
    record Done<T>(Transaction transaction, T result) {}
    Done<T> done;
    try {
      done =
          database
              .writers()
              .inTransaction(
                  handle -> {
                    var transaction = new Transaction(handle);
                    return new Done<>(transaction, work.apply(transaction));
                  });
    } catch (JdbiException e) {
      throw refused("write", e);
    }
    done.transaction.forgets.forEach(Runnable::run);
    done.transaction.news.forEach(this::tell);
    return done.result;
  }

  private void tell(Transaction.News news) {
    for (var listener : listeners) {
      try {
        if (news.isDeleted()) {
          listener.deleted(news.id());
        } else {
          listener.changed(news.id());
        }
      } catch (RuntimeException e) {
        log.error("A listener failed on the change of {}; the others are still told", news.id(), e);
      }
    }
  }

  private static RuntimeException refused(String what, JdbiException e) {
    var cause = Refusals.sql(e);
    return cause == null ? e : Refusals.failed(what, cause);
  }
}
