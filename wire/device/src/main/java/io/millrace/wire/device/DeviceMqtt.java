package io.millrace.wire.device;

import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Refusal;
import io.millrace.base.runtime.Threads;
import io.millrace.engine.pipeline.Ingest;
import io.millrace.engine.rpc.Rpcs;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.EntityStore;
import io.millrace.wire.device.DeviceRequest.AnswerRpc;
import io.millrace.wire.device.DeviceRequest.AskServer;
import io.millrace.wire.device.DeviceRequest.GatewayAnswerRpc;
import io.millrace.wire.device.DeviceRequest.GatewayAttributes;
import io.millrace.wire.device.DeviceRequest.GatewayConnect;
import io.millrace.wire.device.DeviceRequest.GatewayDisconnect;
import io.millrace.wire.device.DeviceRequest.GatewayRequestAttributes;
import io.millrace.wire.device.DeviceRequest.GatewayTelemetry;
import io.millrace.wire.device.DeviceRequest.PostAttributes;
import io.millrace.wire.device.DeviceRequest.PostTelemetry;
import io.millrace.wire.device.DeviceRequest.Refused;
import io.millrace.wire.device.DeviceRequest.RequestAttributes;
import io.millrace.wire.mqtt.Client;
import io.millrace.wire.mqtt.Tap;
import io.millrace.wire.mqtt.codec.Publish;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The device API over MQTT: takes what devices publish to their topics out of the broker.
///
/// Event loops call it; what reads the stores goes, in turn per connection, to virtual threads.
public final class DeviceMqtt implements Tap, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DeviceMqtt.class);

  private volatile @Nullable TopicMappings mappings;
  private final DeviceTopics topics;
  private final Ingest ingest;
  private final AttributeReplies replies;
  private final GatewayDevices gatewayDevices;
  private final ConnectedDevices connected;
  private final Rpcs rpcs;
  private final Questions questions;
  private final Clock clock;
  private final LongAdder refused;
  private final ExecutorService threads = Threads.virtual("device");

  public DeviceMqtt(
      Config config,
      EntityStore entities,
      AttributeStore attributes,
      Ingest ingest,
      GatewayDevices gatewayDevices,
      Rpcs rpcs,
      Questions questions,
      Clock clock,
      Counters counters) {
    this.topics = new DeviceTopics(config);
    this.ingest = ingest;
    this.replies = new AttributeReplies(attributes);
    this.gatewayDevices = gatewayDevices;
    this.connected = new ConnectedDevices(entities, threads);
    this.rpcs = rpcs;
    this.questions = questions;
    this.clock = clock;
    this.refused = counters.count("device.refused");
    counters.gauge("device.connected", connected::count);
    rpcs.link(new MqttCommands(connected));
    attributes.onChange(connected);
    entities.onChange(connected);
  }

  @Override
  public boolean takesPublish(Client client, Publish publish, Ack ack) {
    if (!(client.principal() instanceof DevicePrincipal)) {
      return false;
    }
    var topic = publish.topicText();
    if (!DeviceTopics.isDeviceTopic(topic)) {
      return false;
    }
    var from = connected.of(client);
    take(from, topics.parse(topic, publish.payload()), ack);
    return true;
  }

  /// From now on, messages of plain topics are looked at too.
  public void mappings(TopicMappings all) {
    mappings = all;
  }

  @Override
  public boolean wantsCopy(String topic) {
    var all = mappings;
    return all != null && all.wants(topic);
  }

  @Override
  public void copied(Client client, Publish publish, Ack ack) {
    var all = mappings;
    if (all == null) {
      ack.done();
    } else {
      all.take(publish.topicText(), publish.payload(), client.principal().owner(), ack);
    }
  }

  private void take(Connected from, DeviceRequest request, Ack ack) {
    var device = from.device;
    switch (request) {
      case PostTelemetry(var rows) ->
          ingest.telemetry(device.tenantId(), device.deviceId(), device.metadata(), rows, ack);
      case PostAttributes(var values) ->
          ingest.attributes(device.tenantId(), device.deviceId(), device.metadata(), values, ack);
      case RequestAttributes(var replyTopic, var keys) ->
          inTurn(
              from,
              ack,
              () -> {
                from.reply(replyTopic, replies.of(device.deviceId(), keys));
                ack.done();
              });
      case AnswerRpc(var number, var body) -> {
        rpcs.answered(device.deviceId(), number, body);
        ack.done();
      }
      case AskServer question -> ask(from, question, ack);
      case GatewayAnswerRpc(var name, var number, var body) ->
          asGateway(
              from,
              ack,
              () -> {
                rpcs.answered(gatewayDevices.find(from, name, "default").id(), number, body);
                ack.done();
              });
      case GatewayTelemetry(var rows) ->
          behind(
              from,
              rows,
              ack,
              (to, part) ->
                  ingest.telemetry(
                      device.tenantId(), to.id(), DevicePrincipal.metadata(to), part.of, part.ack));
      case GatewayAttributes(var values) ->
          behind(
              from,
              values,
              ack,
              (to, part) ->
                  ingest.attributes(
                      device.tenantId(), to.id(), DevicePrincipal.metadata(to), part.of, part.ack));
      case GatewayConnect(var name, var type) ->
          asGateway(
              from,
              ack,
              () -> {
                speaksFor(from, gatewayDevices.find(from, name, type));
                ack.done();
              });
      case GatewayDisconnect(var name) ->
          asGateway(
              from,
              ack,
              () -> {
                connected.removeBehind(from, name);
                ack.done();
              });
      case GatewayRequestAttributes asked -> asGateway(from, ack, () -> answer(from, asked, ack));
      case Refused(var refusal) -> refuse(from, refusal, ack);
    }
  }

  /// The question goes through the rule chains; their answer comes to [MqttCommands].
  private void ask(Connected from, AskServer question, Ack ack) {
    from.answersTo = question.replyTopic();
    var device = from.device;
    ingest.message(
        device.tenantId(),
        questions.of(device.deviceId(), device.metadata(), from.session, question),
        ack);
  }

  private Device spokenFor(Connected gateway, String name) {
    var device = gatewayDevices.find(gateway, name, "default");
    speaksFor(gateway, device);
    return device;
  }

  private void speaksFor(Connected gateway, Device device) {
    if (connected.put(device, gateway)
        && gateway.filters.qos(DeviceTopics.GATEWAY_RPC) != Filters.NONE) {
      rpcs.listening(device.id());
    }
  }

  private record Part<T>(T of, Ack ack) {}

  private <T> void behind(
      Connected gateway, Map<String, T> bodies, Ack ack, BiConsumer<Device, Part<T>> each) {
    asGateway(
        gateway,
        ack,
        () -> {
          var all = new AllAcks(ack, bodies.size() + 1);
          bodies.forEach(
              (name, body) -> each.accept(spokenFor(gateway, name), new Part<>(body, all)));
          all.done();
        });
  }

  private void answer(Connected gateway, GatewayRequestAttributes asked, Ack ack) {
    var device = gatewayDevices.find(gateway, asked.device(), "default");
    gateway.reply(DeviceTopics.GATEWAY_ATTRIBUTES_RESPONSE, replies.ofGateway(device.id(), asked));
    ack.done();
  }

  private void asGateway(Connected from, Ack ack, Runnable work) {
    if (from.device.isGateway()) {
      inTurn(from, ack, work);
    } else {
      refuse(
          from,
          new Refusal(
              Refusal.Kind.NOT_AUTHORIZED,
              "The device '%s' is not a gateway; mark it as one (additionalInfo.gateway) before it sends for others"
                  .formatted(from.device.name())),
          ack);
    }
  }

  private void inTurn(Connected from, Ack ack, Runnable work) {
    from.inTurn.add(
        () -> {
          try {
            work.run();
          } catch (BadBodyException e) {
            ack.refused(new Refusal(Refusal.Kind.MALFORMED, e.reason()));
          } catch (RuntimeException e) {
            log.error("A request of device {} failed", from.device.name(), e);
            ack.refused(
                new Refusal(
                    Refusal.Kind.UNAVAILABLE,
                    "The server failed on this request; its log has the details"));
          }
        });
  }

  private void refuse(Connected from, Refusal refusal, Ack ack) {
    refused.increment();
    if (from.mayWarn(clock.nanos())) {
      log.warn("A message of device {} was refused: {}", from.device.name(), refusal.reason());
    }
    ack.refused(refusal);
  }

  @Override
  public boolean isWritable() {
    return ingest.isWritable();
  }

  @Override
  public void onWritable(Runnable resume) {
    ingest.onWritable(resume);
  }

  @Override
  public boolean takesSubscribe(Client client, String filter, int qos) {
    if (!(client.principal() instanceof DevicePrincipal) || !DeviceTopics.isDeviceTopic(filter)) {
      return false;
    }
    var device = connected.of(client);
    device.filters.add(filter, qos);
    if (MqttCommands.isForCommands(filter)) {
      rpcs.listening(device.device.deviceId());
    }
    return true;
  }

  @Override
  public void unsubscribed(Client client, String filter) {
    if (client.principal() instanceof DevicePrincipal) {
      connected.of(client).filters.remove(filter);
    }
  }

  @Override
  public void connected(Client client) {
    if (client.principal() instanceof DevicePrincipal) {
      connected.of(client);
    }
  }

  @Override
  public void disconnected(Client client, boolean clean) {
    if (client.principal() instanceof DevicePrincipal) {
      connected.remove(client);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
