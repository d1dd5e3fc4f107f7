package io.millrace.app;

import io.millrace.base.runtime.Clock;
import io.millrace.engine.access.Access;
import io.millrace.engine.alarms.Alarms;
import io.millrace.engine.fields.FieldIndex;
import io.millrace.engine.fields.FieldWatch;
import io.millrace.engine.live.LiveUpdates;
import io.millrace.engine.notifications.MailSettings;
import io.millrace.engine.notifications.NotificationCall;
import io.millrace.engine.notifications.NotificationDelivery;
import io.millrace.engine.notifications.NotificationWatch;
import io.millrace.engine.pipeline.EntityCalls;
import io.millrace.engine.pipeline.Pipeline;
import io.millrace.engine.pipeline.RpcSteps;
import io.millrace.engine.pipeline.StoredQueues;
import io.millrace.engine.rpc.Rpcs;
import io.millrace.engine.rules.NodeServices;
import io.millrace.engine.rules.NodeStates;
import io.millrace.engine.rules.RuleEngine;
import io.millrace.engine.rules.StoredChains;
import io.millrace.engine.rules.nodes.EntityWrite;
import io.millrace.engine.rules.nodes.StandardNodes;
import io.millrace.engine.scripts.Scripts;
import io.millrace.wire.device.MqttDelivery;
import io.millrace.wire.http.HttpDelivery;
import io.millrace.wire.mail.MailDelivery;
import io.millrace.wire.realtime.EmbeddedRealtimeDelivery;
import io.millrace.wire.realtime.FirebaseDelivery;

/// The floor `engine`: what happens to a message.
record Engine(
    Access access,
    Alarms alarms,
    Scripts scripts,
    Rpcs rpcs,
    RuleEngine rules,
    FieldIndex fields,
    LiveUpdates live,
    Pipeline pipeline,
    MailDelivery mail) {

  static Engine open(MillraceConfig config, World world, Stores stores, OpenParts parts) {
    var clock = world.clock();
    var entities = stores.entities();
    var access =
        Access.open(
            config.access(), stores.commits(), entities, clock, world.ids(), world.random());
    var alarms = Alarms.open(stores.commits(), config.alarms());
    var scripts = parts.add(new Scripts(config.scripts(), clock, world.random()));
    var rpcs = parts.add(Rpcs.open(config.rpc(), stores.commits(), clock, world.scheduler()));
    var chains = new StoredChains(entities);
    var services =
        new NodeServices(
            scripts,
            stores.timeseries(),
            stores.attributes(),
            alarms,
            entities,
            new NodeStates(stores.commits()),
            rpcs);
    var rules = new RuleEngine(config.rules(), StandardNodes.types(), services, chains, clock);
    parts.add(rules.shadows());
    var fields = FieldIndex.open(config.fields(), entities, scripts);
    rules.watch(
        each ->
            each.equals(services) // a rehearsal tells nobody
                ? new NotificationWatch(entities, alarms, new FieldWatch(fields, each))
                : new FieldWatch(fields, each));
    chains.feed(rules);
    var live =
        new LiveUpdates(
            config.live(),
            stores.timeseries(),
            stores.attributes(),
            alarms,
            clock,
            world.counters());
    var pipeline =
        parts.add(
            Pipeline.open(
                config.pipeline(),
                stores.commits(),
                rules,
                clock,
                world.scheduler(),
                world.counters(),
                world.ids()));
    var mail = new MailDelivery(config.mail(), new MailSettings(entities)::stored, clock::millis);
    return new Engine(access, alarms, scripts, rpcs, rules, fields, live, pipeline, mail);
  }

  /// Says who delivers the calls to the outside, and lets messages run.
  void start(MillraceConfig config, World world, Stores stores, OpenParts parts) {
    RpcSteps.join(rpcs, pipeline, world.clock(), world.ids());
    var http = parts.add(new HttpDelivery(config.http().outgoing()));
    pipeline.deliveries("http", http);
    pipeline.deliveries(
        FirebaseDelivery.KIND,
        parts.add(new FirebaseDelivery(http, config.realtime(), world.clock(), world.scheduler())));
    if (config.realtime().embedFirebase()) {
      pipeline.deliveries(
          "http", new EmbeddedRealtimeDelivery(config.realtime(), stores.realtime(), Clock.SYSTEM));
    }
    pipeline.deliveries(
        NotificationCall.KIND,
        new NotificationDelivery(config.notifications(), stores.entities(), world.clock()));
    pipeline.deliveries(MqttDelivery.KIND, parts.add(new MqttDelivery(world.ids().next())));
    pipeline.deliveries(MailDelivery.KIND, mail);
    pipeline.deliveries(EntityWrite.KIND, new EntityCalls(stores.entities()));
    var queues = new StoredQueues(stores.entities());
    queues.furnish();
    pipeline.queues(queues);
    pipeline.keepMessages(stores.messages());
    pipeline.start();
  }
}
