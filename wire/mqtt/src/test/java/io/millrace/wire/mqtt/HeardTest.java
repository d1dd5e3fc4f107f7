package io.millrace.wire.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeardTest {
  private final Heard heard = new Heard(0);

  private static long seconds(double seconds) {
    return (long) (seconds * 1e9);
  }

  @Test
  @Clause("MQTT-3.1.2-22")
  void oneAndAHalfKeepAlivesWithoutAPacketIsSilence() {
    heard.read(2, true, seconds(10));
    assertThat(heard.isSilent(10, seconds(25))).isFalse();
    assertThat(heard.isSilent(10, seconds(25.1))).isTrue();
    assertThat(heard.isSilent(0, seconds(1000))).isFalse();
  }

  @Test
  @Clause("MQTT-3.1.2-22")
  void partsOfAPacketAreNoPacket() {
    for (int second = 0; second < 16; second++) {
      heard.read(1, false, seconds(second));
    }
    assertThat(heard.isSilent(10, seconds(15.1))).isTrue();
  }

  @Test
  void aLongPacketOnASlowLineCounts() {
    for (int second = 0; second < 60; second++) {
      heard.read(100, false, seconds(second));
    }
    assertThat(heard.isSilent(10, seconds(60))).isFalse();
  }

  @Test
  void waitingForUsIsNotSilence() {
    heard.restart(seconds(20));
    assertThat(heard.isSilent(10, seconds(30))).isFalse();
  }

  @Test
  void connectIsDueFromTheBeginning() {
    heard.read(5000, false, seconds(9));
    assertThat(heard.isLate(Duration.ofSeconds(10), seconds(10))).isFalse();
    assertThat(heard.isLate(Duration.ofSeconds(10), seconds(10.1))).isTrue();
  }
}
