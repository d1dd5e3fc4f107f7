package io.millrace.wire.mqtt.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/// Makes valid packets of every type from a seed.
final class RandomPackets {
  private static final List<ReasonCode> REPLIES =
      List.of(ReasonCode.SUCCESS, ReasonCode.NOT_AUTHORIZED, ReasonCode.QUOTA_EXCEEDED);
  private final Random random;
  private final ProtocolVersion version;

  RandomPackets(Random random, ProtocolVersion version) {
    this.random = random;
    this.version = version;
  }

  Packet next() {
    return switch (random.nextInt(version.isV5() ? 10 : 9)) {
      case 0 -> connect();
      case 1 -> connAck();
      case 2 -> publish(random.nextInt(3));
      case 3 -> reply();
      case 4 -> subscribe();
      case 5 -> unsubscribe();
      case 6 -> subscribeReply();
      case 7 -> random.nextBoolean() ? Ping.REQUEST : Ping.RESPONSE;
      case 8 -> disconnect();
      default -> new Auth(ReasonCode.CONTINUE_AUTHENTICATION, properties(PacketType.AUTH));
    };
  }

  private Connect connect() {
    boolean name = random.nextBoolean();
    boolean password = name && random.nextBoolean();
    return new Connect(
        version,
        text(),
        random.nextBoolean(),
        random.nextInt(65_536),
        name ? Optional.of(text()) : Optional.empty(),
        password ? Optional.of(Binary.of(bytes(20))) : Optional.empty(),
        random.nextBoolean() ? Optional.of(will()) : Optional.empty(),
        properties(PacketType.CONNECT));
  }

  private Publish will() {
    var properties = version.isV5() ? one(Property.WILL_DELAY_INTERVAL) : Properties.NONE;
    return new Publish(
        topic(), bytes(50), random.nextInt(3), random.nextBoolean(), false, 0, properties);
  }

  private ConnAck connAck() {
    var reason = random.nextBoolean() ? ReasonCode.SUCCESS : ReasonCode.NOT_AUTHORIZED;
    return new ConnAck(random.nextBoolean(), reason, properties(PacketType.CONNACK));
  }

  private Publish publish(int qos) {
    return new Publish(
        topic(),
        bytes(300),
        qos,
        random.nextBoolean(),
        qos > 0 && random.nextBoolean(),
        qos > 0 ? packetId() : 0,
        properties(PacketType.PUBLISH));
  }

  private PublishReply reply() {
    var type = pick(PacketType.PUBACK, PacketType.PUBREC, PacketType.PUBREL, PacketType.PUBCOMP);
    boolean mayFail = version.isV5() && (type == PacketType.PUBACK || type == PacketType.PUBREC);
    var reason = mayFail ? REPLIES.get(random.nextInt(REPLIES.size())) : ReasonCode.SUCCESS;
    return new PublishReply(type, packetId(), reason, properties(type));
  }

  private Subscribe subscribe() {
    boolean five = version.isV5();
    return new Subscribe(
        packetId(),
        some(
            () ->
                new Subscribe.Request(
                    topic().text() + "/#",
                    random.nextInt(3),
                    five && random.nextBoolean(),
                    five && random.nextBoolean(),
                    five ? random.nextInt(3) : 0)),
        properties(PacketType.SUBSCRIBE));
  }

  private Unsubscribe unsubscribe() {
    return new Unsubscribe(
        packetId(), some(() -> topic().text()), properties(PacketType.UNSUBSCRIBE));
  }

  private SubscribeReply subscribeReply() {
    boolean un = random.nextBoolean();
    var type = un ? PacketType.UNSUBACK : PacketType.SUBACK;
    List<ReasonCode> reasons =
        un && !version.isV5()
            ? List.of()
            : some(() -> pick(ReasonCode.SUCCESS, ReasonCode.GRANTED_QOS_1));
    return new SubscribeReply(type, packetId(), reasons, properties(type));
  }

  private Disconnect disconnect() {
    var reason = version.isV5() ? pick(ReasonCode.SUCCESS, ReasonCode.SERVER_BUSY) : null;
    return new Disconnect(
        reason == null ? ReasonCode.SUCCESS : reason, properties(PacketType.DISCONNECT));
  }

  private Properties properties(PacketType carrier) {
    var all = Properties.NONE;
    if (!version.isV5()) {
      return all;
    }
    for (var property : Property.values()) {
      boolean data = property == Property.AUTHENTICATION_DATA; // needs a method beside it
      if (property.mayBeIn(carrier) && !data && random.nextInt(3) == 0) {
        all = plus(all, property);
      }
    }
    return all;
  }

  private Properties one(Property property) {
    return plus(Properties.NONE, property);
  }

  private Properties plus(Properties to, Property property) {
    return switch (property.type()) {
      case FLAG -> to.with(property, random.nextInt(2));
      case TWO_BYTES -> to.with(property, 1 + random.nextInt(65_535));
      case FOUR_BYTES -> to.with(property, 1 + (random.nextInt() & 0xffff_fffeL));
      case VARIABLE -> to.with(property, 1 + random.nextInt(268_435_455));
      case TEXT -> to.with(property, topic().text());
      case BINARY -> to.with(property, bytes(30));
      case PAIR -> to.with(text(), text()).with(text(), text());
    };
  }

  private <T> List<T> some(Supplier<T> one) {
    var all = new ArrayList<T>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      all.add(one.get());
    }
    return all;
  }

  @SafeVarargs
  private <T> T pick(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private int packetId() {
    return 1 + random.nextInt(65_535);
  }

  private byte[] bytes(int atMost) {
    var bytes = new byte[random.nextInt(atMost)];
    random.nextBytes(bytes);
    return bytes;
  }

  private TopicName topic() {
    return TopicName.of("t" + text() + "/" + text());
  }

  private String text() {
    var text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      int kind = random.nextInt(8);
      int point = kind == 0 ? 0x1F600 : kind == 1 ? 'é' : kind == 2 ? '世' : 'a' + kind;
      text.appendCodePoint(point);
    }
    return text.toString();
  }
}
