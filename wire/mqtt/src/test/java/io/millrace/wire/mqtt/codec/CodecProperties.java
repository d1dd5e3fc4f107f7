package io.millrace.wire.mqtt.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What holds for all packets and for any bytes. A failure names its seed.
class CodecProperties {
  private static final int ROUNDS = 20_000;

  @ParameterizedTest
  @EnumSource
  void decodeOfEncodeIsIdentity(ProtocolVersion version) {
    for (long seed = 0; seed < ROUNDS; seed++) {
      var packet = new RandomPackets(new Random(seed), version).next();
      var bytes = Unpooled.buffer();
      PacketWriter.write(packet, bytes, version);
      assertThat(reader(version).next(bytes)).as("seed %d", seed).isEqualTo(packet);
      assertThat(bytes.isReadable()).as("seed %d leaves nothing", seed).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void packetsCutAnywhereAreTheSamePackets(ProtocolVersion version) {
    for (long seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      var packets = new RandomPackets(random, version);
      var sent = new ArrayList<Packet>();
      var stream = Unpooled.buffer();
      for (int i = 0; i < 20; i++) {
        var packet = packets.next();
        if (!(packet instanceof Connect)) {
          sent.add(packet);
          PacketWriter.write(packet, stream, version);
        }
      }
      assertThat(readInPieces(stream, random, version)).as("seed %d", seed).isEqualTo(sent);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anyBytesDecodeOrFailCleanly(ProtocolVersion version) {
    for (long seed = 0; seed < ROUNDS; seed++) {
      var random = new Random(seed);
      var bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      decodeAll(Unpooled.wrappedBuffer(bytes), version, seed);
    }
  }

  @ParameterizedTest
  @EnumSource
  void damagedPacketsDecodeOrFailCleanly(ProtocolVersion version) {
    for (long seed = 0; seed < ROUNDS; seed++) {
      var random = new Random(seed);
      var bytes = Unpooled.buffer();
      PacketWriter.write(new RandomPackets(random, version).next(), bytes, version);
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes.setByte(random.nextInt(bytes.readableBytes()), random.nextInt(256));
      }
      decodeAll(bytes, version, seed);
    }
  }

  private static void decodeAll(ByteBuf bytes, ProtocolVersion version, long seed) {
    var reader = reader(version);
    try {
      for (int before = -1; bytes.readableBytes() != before; ) {
        before = bytes.readableBytes();
        if (reader.next(bytes) == null) {
          return;
        }
      }
    } catch (MalformedPacketException expected) {
      assertThat(expected.reason().isError()).isTrue();
    } catch (RuntimeException e) {
      fail("seed " + seed, e);
    }
  }

  private static List<Packet> readInPieces(ByteBuf stream, Random random, ProtocolVersion version) {
    var reader = reader(version);
    var got = new ArrayList<Packet>();
    var window = Unpooled.buffer();
    while (stream.isReadable()) {
      window.writeBytes(stream, Math.min(1 + random.nextInt(9), stream.readableBytes()));
      for (var packet = reader.next(window); packet != null; packet = reader.next(window)) {
        got.add(packet);
      }
    }
    return got;
  }

  private static PacketReader reader(ProtocolVersion version) {
    var reader = new PacketReader(1_000_000, new TopicNames(64), false);
    reader.version(version);
    return reader;
  }
}
