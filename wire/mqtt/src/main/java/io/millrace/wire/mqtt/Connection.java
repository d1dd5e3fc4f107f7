package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Refusal;
import io.millrace.wire.mqtt.codec.Connect;
import io.millrace.wire.mqtt.codec.MalformedPacketException;
import io.millrace.wire.mqtt.codec.Packet;
import io.millrace.wire.mqtt.codec.PacketReader;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import io.millrace.wire.mqtt.codec.ReasonCode;
import io.millrace.wire.mqtt.codec.TopicName;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One network connection: bytes to packets, pauses, and the end.
///
/// Runs on one event loop at a time: first where it was accepted, then, from CONNECT on, where its
/// session lives. What it says goes through [Output].
final class Connection extends ChannelInboundHandlerAdapter implements Client {
  /// Reasons to stop reading, as bits.
  static final int HANDSHAKE = 1;

  static final int UNACKNOWLEDGED = 2;
  static final int OUTPUT = 4;
  static final int TAP = 8;
  static final int RECEIVERS = 16;
  static final int RATE = 32;

  private static final Logger log = LoggerFactory.getLogger(Connection.class);

  private final Broker broker;
  private final Listener listener;
  private final Channel channel;
  private final PacketReader reader;
  private final Input input = new Input();
  private final Output output;
  private volatile Shard shard;
  private @Nullable Handshake handshake;
  private volatile @Nullable Exchange exchange;
  private int pauses;
  private boolean reading;
  private boolean ended;
  private final Heard heard;
  private final Traffic traffic;
  private volatile long openedAtMs;

  Connection(Broker broker, Shard shard, Channel channel, Listener listener) {
    this.broker = broker;
    this.shard = shard;
    this.channel = channel;
    this.listener = listener;
    this.reader = new PacketReader(broker.config.maxPacketBytes(), shard.topics, true);
    this.output = new Output(this, channel, listener.rules().form());
    long nowNanos = broker.clock.nanos();
    this.heard = new Heard(nowNanos);
    this.traffic = new Traffic(nowNanos);
  }

  // ---- what the event loop tells

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    shard.connections().add(this);
    broker.counters.sockets().increment();
    if (!Admission.admits(broker, listener, this)) {
      end(false);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var bytes = (ByteBuf) message;
    int count = bytes.readableBytes();
    shard.traffic().bytesIn += count;
    input.add(bytes);
    heard.read(count, read(), broker.clock.nanos());
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (channel.isWritable()) {
      resume(OUTPUT);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end(false);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException || cause instanceof DecoderException) {
      log.debug("{} broke: {}", this, cause.getMessage());
    } else {
      log.error("{} failed; closing it, others go on", this, cause);
    }
    end(false);
  }

  // ---- reading

  /// Handles what has come.
  ///
  /// @return true when there was a whole packet
  private boolean read() {
    if (reading) {
      return false; // a packet's handler resumed us; the loop below goes on
    }
    boolean any = false;
    reading = true;
    try {
      while (pauses == 0 && !ended) {
        var packet = reader.next(input.bytes());
        if (packet == null) {
          break;
        }
        any = true;
        shard.traffic().packetsIn++;
        handle(packet);
      }
    } catch (MalformedPacketException e) {
      malformed(e);
    } catch (RuntimeException e) {
      log.error("{} could not be served; closing it, others go on", this, e);
      end(false);
    } finally {
      reading = false;
    }
    if (ended) {
      input.release();
    } else {
      input.compact();
    }
    return any;
  }

  private void handle(Packet packet) {
    var open = exchange;
    if (open != null) {
      open.handle(packet);
    } else if (handshake == null && packet instanceof Connect connect) {
      pause(HANDSHAKE);
      handshake = new Handshake(this, connect);
      handshake.begin();
    } else if (handshake != null) {
      handshake.handle(packet);
    } else {
      // [MQTT-3.1.0-1] the first packet is CONNECT
      log.debug("{} sent something before CONNECT; closing", this);
      end(false);
    }
  }

  private void malformed(MalformedPacketException e) {
    broker.counters.malformed().increment();
    log.debug("{} sent a malformed packet: {}", this, e.getMessage());
    var open = exchange;
    if (open != null && !e.isSilent()) {
      open.disconnect(e.reason(), ""); // [MQTT-4.13.1-1]
      return;
    }
    if (open == null && !e.isSilent() && input.startsWithConnect()) {
      output.refuse(e.reason(), reader.version()); // [MQTT-3.1.4-1] [MQTT-3.1.4-2]
    }
    end(false);
  }

  void pause(int why) {
    if (pauses == 0) {
      channel.config().setAutoRead(false);
      broker.counters.pauses().increment();
    }
    pauses |= why;
  }

  void resume(int why) {
    if ((pauses & why) == 0) {
      return;
    }
    pauses &= ~why;
    if (pauses == 0 && !ended) {
      heard.restart(broker.clock.nanos());
      channel.config().setAutoRead(true);
      var _ = read();
    }
  }

  // ---- moving to the loop of the session

  /// Goes to the event loop that owns the session, then runs `next` there.
  void moveTo(Shard home, Runnable next) {
    if (home == shard) {
      next.run();
      return;
    }
    shard.connections().remove(this);
    output.flush();
    channel
        .deregister()
        .addListener(
            _ -> {
              shard = home;
              reader.topics(home.topics);
              home.loop
                  .register(channel)
                  .addListener(_ -> home.loop.execute(() -> arrived(home, next)));
            });
  }

  private void arrived(Shard home, Runnable next) {
    home.connections().add(this);
    if (channel.isActive()) {
      next.run();
    } else {
      end(false); // it closed on the way, between two loops
      home.connections().remove(this);
    }
  }

  /// The handshake is over.
  void open(Exchange with) {
    openedAtMs = nowMs();
    exchange = with;
    handshake = null;
  }

  /// Closes after everything written has left; tells the session once.
  ///
  /// @param clean the client said DISCONNECT
  void end(boolean clean) {
    if (ended) {
      return;
    }
    ended = true;
    broker.connections.decrementAndGet();
    listener.leave();
    shard.connections().remove(this);
    if (!reading) {
      input.release();
    }
    output.close();
    var open = exchange;
    if (open != null) {
      open.ended(clean);
    }
  }

  /// Another connection came with the same client identifier.
  void takenOver() {
    leave(ReasonCode.SESSION_TAKEN_OVER, "");
  }

  /// The broker closes.
  void shutDown() {
    leave(ReasonCode.SERVER_SHUTTING_DOWN, "");
  }

  private void leave(ReasonCode code, String reason) {
    var open = exchange;
    if (open != null) {
      open.disconnect(code, reason);
    } else {
      end(false);
    }
  }

  /// What its session must remember could not be written.
  void cannotStore(Refusal refusal) {
    var open = exchange;
    if (open != null) {
      open.disconnect(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR, refusal.reason());
    }
  }

  boolean isEnded() {
    return ended;
  }

  /// Checks the clocks of this connection; called a few times per second.
  void tick(long nowNanos) {
    traffic.tick(nowNanos);
    var open = exchange;
    if (open == null) {
      if (heard.isLate(broker.config.connectTimeout(), nowNanos)) {
        log.debug("{} sent no CONNECT in {}; closing", this, broker.config.connectTimeout());
        end(false);
      }
    } else if (open.principal().expiresAtMs() <= nowMs()) {
      open.disconnect(ReasonCode.NOT_AUTHORIZED, "what let the client in has expired");
    } else if ((pauses & ~OUTPUT) == 0 && heard.isSilent(open.keepAlive(), nowNanos)) {
      // [MQTT-3.1.2-22]
      broker.counters.keepAliveTimeouts().increment();
      open.disconnect(ReasonCode.KEEP_ALIVE_TIMEOUT, "");
    }
  }

  Broker broker() {
    return broker;
  }

  Shard shard() {
    return shard;
  }

  Output output() {
    return output;
  }

  /// What passed over this connection.
  Traffic traffic() {
    return traffic;
  }

  /// When CONNACK was sent.
  long openedAtMs() {
    return openedAtMs;
  }

  /// Seconds, as agreed; 0 is off.
  int keepAlive() {
    var open = exchange;
    return open == null ? 0 : open.keepAlive();
  }

  Listener listener() {
    return listener;
  }

  Authorizer authorizer() {
    return listener.authorizer();
  }

  Channel channel() {
    return channel;
  }

  long nowMs() {
    return broker.clock.millis();
  }

  // ---- Client, for any thread

  @Override
  public String clientId() {
    var open = exchange;
    return open == null ? "" : open.session().clientId();
  }

  @Override
  public Principal principal() {
    var open = exchange;
    return open == null ? Principal.ANONYMOUS : open.principal();
  }

  @Override
  public ProtocolVersion version() {
    return reader.version();
  }

  @Override
  public SocketAddress remoteAddress() {
    return Listener.peer(channel);
  }

  @Override
  public boolean isConnected() {
    return exchange != null && !ended;
  }

  @Override
  public void send(String topic, byte[] payload, int qos) {
    var name = TopicName.of(topic);
    shard.later(
        () -> {
          var open = exchange;
          if (open != null) {
            open.send(name, payload, qos);
          }
        });
  }

  @Override
  public void close(ReasonCode code, String reason) {
    shard.later(() -> leave(code, reason));
  }

  @Override
  public String toString() {
    return "Client '%s' from %s".formatted(clientId(), Listener.peer(channel));
  }
}
