package io.millrace.store.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Reading a block gives what was written; any other bytes are refused cleanly.
class MessageBlockProperties {
  private final EntityId tenant = id(EntityType.TENANT, 1);

  @Test
  void readingGivesWhatWasWritten() {
    for (long seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      var block = new MessageBlock();
      var written = new ArrayList<LoggedMessage>();
      for (int i = random.nextInt(60); i >= 0; i--) {
        add(block, written, message(random, written));
      }
      assertThat(read(block.seal())).as("seed %d", seed).isEqualTo(written);
    }
  }

  @Test
  void whatIsTakenBackLeavesNoTrace() {
    for (long seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      var block = new MessageBlock();
      var written = new ArrayList<LoggedMessage>();
      for (int job = 0; job < 20; job++) {
        block.mark();
        var kept = new ArrayList<>(written);
        for (int i = random.nextInt(4); i >= 0; i--) {
          add(block, written, message(random, written));
        }
        if (random.nextInt(3) == 0) {
          block.rollBack();
          written = kept;
        }
      }
      if (!block.isEmpty()) {
        assertThat(read(block.seal())).as("seed %d", seed).isEqualTo(written);
      }
    }
  }

  @Test
  void publishesToo() {
    for (long seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      var block = new PublishBlock();
      var written = new ArrayList<LoggedPublish>();
      for (int i = random.nextInt(50); i >= 0; i--) {
        var payload = new byte[random.nextInt(100)];
        random.nextBytes(payload);
        var extra = new byte[random.nextInt(2) * random.nextInt(20)];
        var one =
            new LoggedPublish(
                1_000_000 + random.nextInt(50) - 5,
                "töpic/" + random.nextInt(5) + "x".repeat(random.nextInt(200)),
                payload,
                random.nextInt(3),
                random.nextBoolean(),
                extra);
        block.add(one.at(), one.topic(), one.payload(), one.qos(), one.retain(), one.extra());
        written.add(one);
      }
      var read = new ArrayList<LoggedPublish>();
      PublishBlock.read(block.seal(), read::add);
      assertThat(read).as("seed %d", seed).isEqualTo(written);
    }
  }

  @Test
  void anyBytesAreReadOrRefusedAsDamaged() {
    var random = new Random(9);
    var block = new MessageBlock();
    var publishes = new PublishBlock();
    var written = new ArrayList<LoggedMessage>();
    for (int i = 0; i < 30; i++) {
      add(block, written, message(random, written));
      publishes.add(i, "t" + i % 3, new byte[i], 1, false, new byte[0]);
    }
    for (int i = 0; i < 20_000; i++) {
      tryToRead(resealed(mutated(block.seal(), random)));
      tryToRead(resealed(mutated(publishes.seal(), random)));
      var noise = new byte[random.nextInt(64)];
      random.nextBytes(noise);
      tryToRead(noise);
    }
  }

  @Test
  void aFlippedBitIsNoticed() {
    var random = new Random(4);
    var block = new MessageBlock();
    add(block, new ArrayList<>(), message(random, List.of()));
    var bytes = block.seal();
    for (int at = 0; at < bytes.length; at++) {
      var wrong = bytes.clone();
      wrong[at] ^= 1;
      try {
        MessageBlock.read(wrong, _ -> {});
        fail("byte %d changed and nobody noticed", at);
      } catch (DamagedBlockException expected) {
        assertThat(expected).hasMessageContaining("damaged");
      }
    }
  }

  @Test
  void aUsualMessageTakesFewBytes() {
    var block = new MessageBlock();
    var metadata = JsonObject.builder().put("deviceName", "Boiler").put("deviceType", "default");
    var id = new UUID(7, 1);
    for (int i = 0; i < 1000; i++) {
      long ts = 1_763_829_000_000L + i;
      var body =
          JsonObject.builder()
              .put("temperature", new JsonDouble(2000 / 100.0 + i % 7 / 10.0))
              .put("humidity", new JsonDouble(41.5 + i % 3))
              .build();
      block.add(
          tenant,
          new UUID(7, id.getLeastSignificantBits() + i),
          ts,
          ts,
          "POST_TELEMETRY_REQUEST",
          id(EntityType.DEVICE, i % 50),
          metadata.build().with("ts", new JsonString(Long.toString(ts))),
          body);
    }
    assertThat(block.sizeBytes() / 1000).isLessThan(20);
  }

  private void tryToRead(byte[] bytes) {
    try {
      MessageBlock.read(bytes, _ -> {});
    } catch (DamagedBlockException damaged) {
      assertThat(damaged.getMessage()).isNotBlank();
    }
    try {
      PublishBlock.read(bytes, _ -> {});
    } catch (DamagedBlockException damaged) {
      assertThat(damaged.getMessage()).isNotBlank();
    }
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    var wrong = java.util.Arrays.copyOf(bytes, bytes.length - random.nextInt(3));
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = Framing.HEAD + random.nextInt(wrong.length - Framing.HEAD);
      wrong[at] = (byte) random.nextInt();
    }
    return wrong;
  }

  /// With a checksum that is right, so that what is behind it is put to the test.
  private static byte[] resealed(byte[] bytes) {
    var out = new BlockOutput(bytes.length);
    out.put(bytes);
    return Framing.seal(out);
  }

  private void add(MessageBlock block, List<LoggedMessage> written, LoggedMessage one) {
    block.add(
        one.tenant(),
        one.id(),
        one.receivedAt(),
        one.ts(),
        one.type(),
        one.originator(),
        one.metadata(),
        one.body());
    written.add(one);
  }

  private LoggedMessage message(Random random, List<LoggedMessage> before) {
    long at = 1_763_829_000_000L + random.nextInt(3);
    long ts = random.nextBoolean() ? at : at - random.nextInt(1_000_000);
    var metadata = JsonObject.builder().put("deviceName", "D" + random.nextInt(2));
    if (random.nextBoolean()) {
      metadata.put("ts", random.nextBoolean() ? Long.toString(ts) : "0" + ts);
    }
    var id =
        before.isEmpty() || random.nextInt(4) == 0
            ? new UUID(random.nextLong(), random.nextLong())
            : next(before.getLast().id());
    return new LoggedMessage(
        id(EntityType.TENANT, 1 + random.nextInt(2)),
        id,
        at,
        ts,
        "TYPE" + random.nextInt(2),
        id(EntityType.DEVICE, random.nextInt(3)),
        metadata.build(),
        random.nextInt(10) == 0 ? value(random) : body(random));
  }

  private static UUID next(UUID id) {
    return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() + 1);
  }

  private static JsonObject body(Random random) {
    var body = JsonObject.builder();
    for (int i = random.nextInt(4); i > 0; i--) {
      body.put("k" + random.nextInt(3), value(random));
    }
    return body.build();
  }

  private static JsonValue value(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> JsonNull.NULL;
      case 1 -> JsonBoolean.of(random.nextBoolean());
      case 2 -> new JsonLong(random.nextLong() >> random.nextInt(64));
      case 3 -> new JsonDouble(random.nextInt(100_000) / 100.0);
      case 4 -> new JsonDouble(random.nextGaussian() * 1e9);
      case 5 -> new JsonString("ü".repeat(random.nextInt(3)) + random.nextInt());
      case 6 -> new JsonDouble(-0.0);
      default -> Json.parse("{\"a\":[1,{\"b\":null}]}");
    };
  }

  private static List<LoggedMessage> read(byte[] block) {
    var read = new ArrayList<LoggedMessage>();
    MessageBlock.read(block, read::add);
    return read;
  }

  private static EntityId id(EntityType type, long number) {
    return new EntityId(type, new UUID(type.code(), number));
  }
}
