package io.millrace.store.timeseries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockProperties {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyBlockComesBackEqual(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 400; round++) {
      int rows = 1 + random.nextInt(random.nextBoolean() ? 5 : Block.ROWS_MAX);
      var ts = times(random, rows);
      var keyIds = new ArrayList<Integer>();
      var columns = new ArrayList<Series>();
      for (int i = 0; i <= random.nextInt(4); i++) {
        keyIds.add(1 + i * 1_000);
        columns.add(Series.of(ts, Values.of(values(random, rows))));
      }
      var block = Block.decode(Block.encode(keyIds, columns, 0, rows));
      assertThat(block.firstTs).isEqualTo(ts[0]);
      assertThat(block.lastTs).isEqualTo(ts[rows - 1]);
      var all = Block.decode(Block.encode(keyIds, columns, 0, rows)).all();
      for (int i = 0; i < keyIds.size(); i++) {
        assertSame(all.get(keyIds.get(i)), columns.get(i), seed + "/" + round);
      }
      assertSame(block.series(keyIds.getLast()), columns.getLast(), seed + "/" + round);
    }
  }

  @Test
  void anyDamageIsFound() {
    var random = new Random(9);
    var ts = times(random, 200);
    var bytes =
        Block.encode(List.of(1), List.of(Series.of(ts, Values.of(values(random, 200)))), 0, 200);
    for (int i = 0; i < 2_000; i++) {
      var damaged = bytes.clone();
      damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(() -> Block.decode(damaged)).isInstanceOf(TelemetryDamagedException.class);
      var cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      assertThatThrownBy(() -> Block.decode(cut)).isInstanceOf(TelemetryDamagedException.class);
    }
  }

  @Test
  void columnsOfAnyBytesDecodeOrAreRefused() {
    var random = new Random(10);
    int read = 0;
    for (int i = 0; i < 300_000; i++) {
      var bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      if (bytes.length > 0) {
        bytes[0] = (byte) random.nextInt(8);
      }
      try {
        int count = 1 + random.nextInt(20);
        assertThat(ValueColumn.read(new Input(bytes), count).boxed(0, count)).doesNotContainNull();
        read++;
      } catch (TelemetryDamagedException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    }
    assertThat(read).isGreaterThan(1_000);
  }

  @Test
  void sensorDataIsSmall() {
    var random = new Random(1);
    int rows = Block.ROWS_MAX;
    var ts = new long[rows];
    var temperature = new JsonValue[rows];
    var humidity = new JsonValue[rows];
    double degrees = 20;
    for (int i = 0; i < rows; i++) {
      ts[i] = 1_700_000_000_000L + i * 1_000L + random.nextInt(4);
      degrees += (random.nextInt(5) - 2) / 10.0;
      var text = Math.round(degrees * 10) / 10.0;
      temperature[i] = text == Math.rint(text) ? new JsonLong((long) text) : new JsonDouble(text);
      humidity[i] = new JsonLong(50 + random.nextInt(3));
    }
    var bytes =
        Block.encode(
            List.of(1, 2),
            List.of(Series.of(ts, Values.of(temperature)), Series.of(ts, Values.of(humidity))),
            0,
            rows);
    assertThat(bytes.length / (2.0 * rows)).as("bytes per point").isLessThan(1.1);
  }

  private static void assertSame(Series actual, Series expected, String seed) {
    assertThat(actual.size()).as(seed).isEqualTo(expected.size());
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.ts(i)).as(seed).isEqualTo(expected.ts(i));
      assertThat(actual.value(i)).as(seed).isEqualTo(expected.value(i));
    }
  }

  private static long[] times(Random random, int rows) {
    var ts = new long[rows];
    long at = random.nextLong() >> 12;
    long step = 1 + random.nextInt(100_000);
    boolean isRegular = random.nextBoolean();
    for (int i = 0; i < rows; i++) {
      ts[i] = at;
      at += isRegular ? step : 1 + random.nextLong(step * 10);
    }
    return ts;
  }

  private static JsonValue[] values(Random random, int rows) {
    int kind = random.nextInt(9);
    var values = new JsonValue[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = value(kind == 8 ? random.nextInt(8) : kind, random);
    }
    return values;
  }

  private static JsonValue value(int kind, Random random) {
    return switch (kind) {
      case 0 -> JsonBoolean.of(random.nextBoolean());
      case 1 -> new JsonLong(random.nextLong());
      case 2 -> new JsonLong(random.nextInt(100));
      case 3 -> new JsonDouble(random.nextInt(100_000) / 100.0);
      case 4 -> new JsonDouble(random.nextInt(9) == 0 ? -0.0 : random.nextGaussian() * 1e200);
      case 5 ->
          random.nextBoolean()
              ? new JsonLong(random.nextInt(50))
              : new JsonDouble(random.nextInt(50) / 2.0);
      case 6 -> new JsonString("state " + random.nextInt(5));
      default -> Json.parse("{\"a\":[" + random.nextInt() + ",null]}");
    };
  }
}
