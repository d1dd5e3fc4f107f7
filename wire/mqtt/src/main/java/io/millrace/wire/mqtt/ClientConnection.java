package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.codec.Binary;
import io.millrace.wire.mqtt.codec.ConnAck;
import io.millrace.wire.mqtt.codec.Connect;
import io.millrace.wire.mqtt.codec.Disconnect;
import io.millrace.wire.mqtt.codec.MalformedPacketException;
import io.millrace.wire.mqtt.codec.Packet;
import io.millrace.wire.mqtt.codec.PacketReader;
import io.millrace.wire.mqtt.codec.PacketType;
import io.millrace.wire.mqtt.codec.PacketWriter;
import io.millrace.wire.mqtt.codec.Ping;
import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.Property;
import io.millrace.wire.mqtt.codec.Publish;
import io.millrace.wire.mqtt.codec.PublishReply;
import io.millrace.wire.mqtt.codec.ReasonCode;
import io.millrace.wire.mqtt.codec.Subscribe;
import io.millrace.wire.mqtt.codec.SubscribeReply;
import io.millrace.wire.mqtt.codec.TopicNames;
import io.millrace.wire.mqtt.codec.Unsubscribe;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The connection of one [MqttClient], on its event loop.
final class ClientConnection extends ChannelInboundHandlerAdapter {
  private static final int MAX_PACKET_BYTES = 268_435_455;

  private final MqttClientOptions options;
  private final PacketReader reader =
      new PacketReader(MAX_PACKET_BYTES, new TopicNames(256), false);
  private final Input input = new Input();
  private final CompletableFuture<ConnAck> connected = new CompletableFuture<>();
  private final ClientWindow window;
  private volatile BiConsumer<Publish, Runnable> onMessage = (_, acknowledge) -> acknowledge.run();
  private volatile Consumer<String> onClosed = _ -> {};
  private volatile @Nullable Channel channel;
  private volatile boolean closing;
  private @Nullable ByteBuf output;
  private boolean flushScheduled;
  private String closedBecause = "the connection was closed by the server";

  ClientConnection(MqttClientOptions options) {
    this.options = options;
    this.window = new ClientWindow(options.window());
    reader.version(options.version());
  }

  void onMessage(BiConsumer<Publish, Runnable> listener) {
    onMessage = listener;
  }

  void onClosed(Consumer<String> listener) {
    onClosed = listener;
  }

  CompletableFuture<ConnAck> connected() {
    return connected;
  }

  // ---- any thread

  CompletableFuture<ReasonCode> publish(Publish publish) {
    var outcome = new CompletableFuture<ReasonCode>();
    var open = channel;
    if (open == null || !open.isActive()) {
      outcome.completeExceptionally(broken());
    } else if (publish.qos() == 0) {
      onLoop(
          open,
          () -> {
            write(publish);
            outcome.complete(ReasonCode.SUCCESS);
          });
    } else {
      if (!open.eventLoop().inEventLoop()) {
        window.awaitRoom(outcome);
      }
      whileOpen(open, outcome, () -> write(window.enter(publish, outcome)));
    }
    return outcome;
  }

  CompletableFuture<List<ReasonCode>> subscribe(
      List<Subscribe.Request> requests, Properties properties) {
    var outcome = new CompletableFuture<List<ReasonCode>>();
    request(outcome, id -> new Subscribe(id, requests, properties));
    return outcome;
  }

  CompletableFuture<List<ReasonCode>> unsubscribe(List<String> filters) {
    var outcome = new CompletableFuture<List<ReasonCode>>();
    request(outcome, id -> new Unsubscribe(id, filters, Properties.NONE));
    return outcome;
  }

  private interface Numbered {
    Packet with(int packetId);
  }

  private void request(CompletableFuture<List<ReasonCode>> outcome, Numbered packet) {
    var open = channel;
    if (open == null || !open.isActive()) {
      outcome.completeExceptionally(broken());
    } else {
      whileOpen(open, outcome, () -> write(packet.with(window.ask(outcome))));
    }
  }

  /// What comes after the end would wait for an answer for ever: it fails as all before it did.
  private void whileOpen(Channel open, CompletableFuture<?> outcome, Runnable work) {
    onLoop(
        open,
        () -> {
          if (open.isActive()) {
            work.run();
          } else {
            outcome.completeExceptionally(broken());
          }
        });
  }

  boolean isWritable() {
    var open = channel;
    return open != null && open.isWritable();
  }

  boolean isConnected() {
    var open = channel;
    return open != null && open.isActive() && connected.isDone();
  }

  String clientId() {
    var assigned = connected.join().properties().text(Property.ASSIGNED_CLIENT_IDENTIFIER);
    return assigned == null ? options.clientId() : assigned;
  }

  boolean sessionPresent() {
    return connected.join().sessionPresent();
  }

  void disconnect() {
    closing = true;
    var open = channel;
    if (open != null && open.isActive()) {
      var bytes = open.alloc().buffer(8);
      var goodbye = new Disconnect(ReasonCode.SUCCESS, Properties.NONE);
      open.eventLoop()
          .submit(
              () -> {
                flush();
                PacketWriter.write(goodbye, bytes, options.version());
                var _ = open.writeAndFlush(bytes).addListener(ChannelFutureListener.CLOSE);
              })
          .awaitUninterruptibly(1, TimeUnit.SECONDS);
      open.closeFuture().awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
  }

  void breakOff() {
    closing = true;
    var open = channel;
    if (open != null) {
      open.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
  }

  // ---- on the loop

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
    var will = options.will();
    var properties = options.version().isV5() ? options.properties() : Properties.NONE;
    if (options.version().isV5() && options.sessionExpirySeconds() > 0) {
      properties =
          properties.with(Property.SESSION_EXPIRY_INTERVAL, options.sessionExpirySeconds());
    }
    write(
        new Connect(
            options.version(),
            options.clientId(),
            options.cleanStart(),
            options.keepAliveSeconds(),
            options.userName(),
            options.password().map(Binary::of),
            will,
            properties,
            options.isBridge()));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    input.add((ByteBuf) message);
    try {
      for (var packet = reader.next(input.bytes());
          packet != null;
          packet = reader.next(input.bytes())) {
        handle(context, packet);
      }
    } catch (MalformedPacketException e) {
      closedBecause = "the server sent a malformed packet: " + e.getMessage();
      var _ = context.close();
    }
    input.compact();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    flush();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    input.release();
    var why = broken();
    connected.completeExceptionally(why);
    window.fail(why);
    if (!closing) {
      onClosed.accept(closedBecause);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    closedBecause = String.valueOf(cause.getMessage());
    var _ = context.close();
  }

  private void handle(ChannelHandlerContext context, Packet packet) {
    switch (packet) {
      case Publish publish -> received(publish);
      case PublishReply reply -> reply(reply);
      case SubscribeReply reply -> window.answered(reply.packetId(), reply.reasons());
      case ConnAck ack -> connected(context, ack);
      case Ping _ -> {}
      case Disconnect disconnect ->
          closedBecause = "the server disconnected: " + disconnect.reason();
      default -> {
        closedBecause = "the server sent a packet that only clients send";
        var _ = context.close();
      }
    }
  }

  private void connected(ChannelHandlerContext context, ConnAck ack) {
    if (ack.reason().isError()) {
      var text = ack.properties().text(Property.REASON_STRING);
      closedBecause = "the server refused: " + ack.reason() + (text == null ? "" : ", " + text);
      connected.completeExceptionally(new MqttClientException(closedBecause, ack.reason()));
      var _ = context.close();
      return;
    }
    window.limit((int) ack.properties().number(Property.RECEIVE_MAXIMUM, 65_535));
    long keepAlive =
        ack.properties().number(Property.SERVER_KEEP_ALIVE, options.keepAliveSeconds());
    if (keepAlive > 0) {
      long periodMs = keepAlive * 750;
      var _ =
          context
              .executor()
              .scheduleAtFixedRate(this::ping, periodMs, periodMs, TimeUnit.MILLISECONDS);
    }
    connected.complete(ack);
  }

  private void ping() {
    var open = channel;
    if (open != null && open.isActive()) {
      write(Ping.REQUEST);
    }
  }

  private void received(Publish publish) {
    boolean fresh = publish.qos() < 2 || window.receive(publish.packetId());
    if (fresh) {
      onMessage.accept(publish, () -> acknowledge(publish));
    } else {
      acknowledge(publish);
    }
  }

  /// Any thread; of no effect once the connection is gone: the server sends the message again.
  private void acknowledge(Publish publish) {
    var open = channel;
    if (publish.qos() == 0 || open == null) {
      return;
    }
    var type = publish.qos() == 1 ? PacketType.PUBACK : PacketType.PUBREC;
    onLoop(
        open,
        () -> {
          if (open.isActive()) {
            reply(type, publish.packetId());
          }
        });
  }

  private void reply(PublishReply reply) {
    switch (reply.type()) {
      case PUBACK, PUBCOMP -> window.acknowledged(reply.packetId(), reply.reason());
      case PUBREC -> {
        if (reply.reason().isError()) {
          window.acknowledged(reply.packetId(), reply.reason());
        } else {
          reply(PacketType.PUBREL, reply.packetId());
        }
      }
      case PUBREL -> {
        window.forgetReceived(reply.packetId());
        reply(PacketType.PUBCOMP, reply.packetId());
      }
      default -> throw new IllegalStateException(reply.type() + " is no reply");
    }
  }

  private void reply(PacketType type, int packetId) {
    PacketWriter.writeReply(type, packetId, ReasonCode.SUCCESS, room(), options.version());
  }

  private void write(Packet packet) {
    PacketWriter.write(packet, room(), options.version());
  }

  /// One buffer and one flush for all that is written in a row.
  private ByteBuf room() {
    var out = output;
    if (out == null) {
      out = open().alloc().directBuffer(1024);
      output = out;
      if (!flushScheduled) {
        flushScheduled = true;
        open().eventLoop().execute(this::flush);
      }
    }
    return out;
  }

  private void flush() {
    flushScheduled = false;
    var out = output;
    if (out != null) {
      output = null;
      var _ = open().writeAndFlush(out, open().voidPromise());
    }
  }

  private Channel open() {
    var open = channel;
    if (open == null) {
      throw new IllegalStateException("not connected");
    }
    return open;
  }

  private static void onLoop(Channel open, Runnable work) {
    if (open.eventLoop().inEventLoop()) {
      work.run();
    } else {
      open.eventLoop().execute(work);
    }
  }

  private MqttClientException broken() {
    return new MqttClientException(closedBecause, ReasonCode.UNSPECIFIED_ERROR);
  }
}
