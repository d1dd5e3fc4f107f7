package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.Publish;
import io.millrace.wire.mqtt.codec.ReasonCode;
import io.millrace.wire.mqtt.codec.Subscribe;
import io.millrace.wire.mqtt.codec.TopicName;
import io.netty.channel.EventLoopGroup;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// A small MQTT client on the same codec, for the command line, the simulator and the bench.
///
/// Any thread. Does not reconnect: see [#onClosed]. Callbacks run on the client's event loop and
/// must not block; methods that wait must not be called from there.
public final class MqttClient implements AutoCloseable {
  private final MqttClientOptions options;
  private final EventLoopGroup loops;
  private final boolean ownsLoops;
  private final ClientConnection connection;

  private MqttClient(
      MqttClientOptions options,
      EventLoopGroup loops,
      boolean ownsLoops,
      ClientConnection connection) {
    this.options = options;
    this.loops = loops;
    this.ownsLoops = ownsLoops;
    this.connection = connection;
  }

  /// Event loops that several clients share; close them by `shutdownGracefully`.
  public static EventLoopGroup loops(int threads) {
    return Transport.best().loops(threads, "mqtt-client");
  }

  /// Connects on a thread of its own and waits for CONNACK.
  ///
  /// @throws MqttClientException when the server cannot be reached or refuses; it says why
  public static MqttClient connect(MqttClientOptions options) {
    return connect(options, loops(1), true, acknowledged(_ -> {}));
  }

  /// The same, with a listener that misses no message of a session that is resumed.
  public static MqttClient connect(MqttClientOptions options, Consumer<Publish> onMessage) {
    return connect(options, loops(1), true, acknowledged(onMessage));
  }

  /// Connects with a listener that acknowledges each message itself, once, from any thread: until
  /// it does, the server keeps the message.
  public static MqttClient connectAcknowledging(
      MqttClientOptions options, EventLoopGroup loops, BiConsumer<Publish, Runnable> onMessage) {
    return connect(options, loops, false, onMessage);
  }

  /// Connects on shared event loops.
  public static MqttClient connect(
      MqttClientOptions options, EventLoopGroup loops, Consumer<Publish> onMessage) {
    return connect(options, loops, false, acknowledged(onMessage));
  }

  private static MqttClient connect(
      MqttClientOptions options,
      EventLoopGroup loops,
      boolean owns,
      BiConsumer<Publish, Runnable> listener) {
    var connection = new ClientConnection(options);
    connection.onMessage(listener);
    var client = new MqttClient(options, loops, owns, connection);
    try {
      client.open();
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
    return client;
  }

  private void open() {
    ClientChannel.open(options, loops, connection);
    await(connection.connected(), "CONNACK");
  }

  /// Receives every message that comes in; set it before subscribing.
  public void onMessage(Consumer<Publish> listener) {
    connection.onMessage(acknowledged(listener));
  }

  private static BiConsumer<Publish, Runnable> acknowledged(Consumer<Publish> listener) {
    return (publish, acknowledge) -> {
      listener.accept(publish);
      acknowledge.run();
    };
  }

  /// Told once, with the reason, when the connection ends other than by [#close].
  public void onClosed(Consumer<String> listener) {
    connection.onClosed(listener);
  }

  /// Publishes and waits until it is acknowledged; at QoS 0 until it is handed to the socket.
  ///
  /// @throws MqttClientException when the server refuses it or the connection ends
  public void publish(String topic, byte[] payload, int qos, boolean retain) {
    publish(new Publish(TopicName.of(topic), payload, qos, retain, false, 0, Properties.NONE));
  }

  /// The same with properties.
  ///
  /// @throws MqttClientException when the server refuses it or the connection ends
  public void publish(Publish publish) {
    var reason = await(send(publish), "the acknowledgement");
    if (reason.isError()) {
      throw new MqttClientException("The server refused the message: " + reason, reason);
    }
  }

  /// Publishes; the future completes with the acknowledgement. Blocks only while the window is
  /// full, and never on the event loop.
  public CompletableFuture<ReasonCode> send(String topic, byte[] payload, int qos, boolean retain) {
    return send(new Publish(TopicName.of(topic), payload, qos, retain, false, 0, Properties.NONE));
  }

  /// Publishes with properties; the packet identifier is chosen here.
  public CompletableFuture<ReasonCode> send(Publish publish) {
    return connection.publish(publish);
  }

  /// Subscribes and waits for SUBACK.
  ///
  /// @return the granted QoS
  /// @throws MqttClientException when the server refuses
  public int subscribe(String filter, int qos) {
    return subscribe(Subscribe.Request.of(filter, qos), Properties.NONE);
  }

  /// Subscribes with the options of 5.0 and waits for SUBACK.
  public int subscribe(Subscribe.Request request, Properties properties) {
    var reason = await(connection.subscribe(List.of(request), properties), "SUBACK").getFirst();
    if (reason.isError()) {
      throw new MqttClientException(
          "The server refused to subscribe to '%s': %s".formatted(request.filter(), reason),
          reason);
    }
    return reason.code();
  }

  public void unsubscribe(String filter) {
    await(connection.unsubscribe(List.of(filter)), "UNSUBACK");
  }

  /// The client identifier, the assigned one if the server assigned it.
  public String clientId() {
    return connection.clientId();
  }

  /// True when the server still had the session.
  public boolean sessionPresent() {
    return connection.sessionPresent();
  }

  /// False while more is written than the network takes.
  public boolean isWritable() {
    return connection.isWritable();
  }

  public boolean isConnected() {
    return connection.isConnected();
  }

  /// Sends DISCONNECT and closes.
  @Override
  public void close() {
    connection.disconnect();
    release();
  }

  /// Closes without DISCONNECT, as a broken network would: the will is published.
  public void breakOff() {
    connection.breakOff();
    release();
  }

  private void release() {
    if (ownsLoops) {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
  }

  private <T> T await(CompletableFuture<T> answer, String what) {
    try {
      return answer.get(options.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new MqttClientException(
          "%s did not come within %s".formatted(what, options.timeout()), ReasonCode.SERVER_BUSY);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof MqttClientException known
          ? known
          : new MqttClientException(String.valueOf(e.getMessage()), ReasonCode.UNSPECIFIED_ERROR);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MqttClientException("interrupted", ReasonCode.UNSPECIFIED_ERROR);
    }
  }
}
