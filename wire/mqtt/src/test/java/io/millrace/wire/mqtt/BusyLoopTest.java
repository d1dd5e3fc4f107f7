package io.millrace.wire.mqtt;

import static io.netty.channel.SelectStrategy.SELECT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BusyLoopTest {
  private final AtomicLong now = new AtomicLong();
  private int yielded;
  private int ready;
  private final BusyLoop loop = new BusyLoop(now::get, () -> yielded++);

  @Test
  void sleepsAtOnceWhenItsSleepsAreLong() throws Exception {
    sleeps(1000, 200_000);
    ready = 1;
    assertThat(decide()).isEqualTo(SELECT);
    assertThat(yielded).isZero();
  }

  @Test
  void looksOnceMoreWhenItsSleepsAreShort() throws Exception {
    sleeps(1000, 20_000);
    yielded = 0;
    ready = 3;
    assertThat(decide()).isEqualTo(3);
    assertThat(yielded).isEqualTo(1);
  }

  @Test
  void sleepsWhenThereIsStillNothing() throws Exception {
    sleeps(1000, 20_000);
    assertThat(decide()).isEqualTo(SELECT);
  }

  @Test
  void isNoLongerBusyAfterSomeLongSleeps() throws Exception {
    sleeps(1000, 20_000);
    sleeps(5, 1_000_000_000);
    yielded = 0;
    decide();
    assertThat(yielded).isZero();
  }

  @Test
  void doesItsTasksWithoutWaiting() throws Exception {
    ready = 2;
    assertThat(loop.calculateStrategy(() -> ready, true)).isEqualTo(2);
    assertThat(yielded).isZero();
  }

  private void sleeps(int times, long nanos) throws Exception {
    for (int i = 0; i < times; i++) {
      assertThat(decide()).isEqualTo(SELECT);
      now.addAndGet(nanos);
    }
  }

  private int decide() throws Exception {
    return loop.calculateStrategy(() -> ready, false);
  }
}
