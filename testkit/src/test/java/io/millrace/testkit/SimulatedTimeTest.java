package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedTimeTest {
  private final SimulatedTime time = new SimulatedTime();
  private final List<String> ran = new ArrayList<>();

  @Test
  void workRunsInTheOrderOfItsMomentsWhenTimeIsMoved() {
    time.after(Duration.ofSeconds(2), () -> ran.add("two"));
    time.after(Duration.ofSeconds(1), () -> ran.add("one"));
    time.advance(Duration.ofMillis(999));
    assertThat(ran).isEmpty();
    time.advance(Duration.ofSeconds(5));
    assertThat(ran).containsExactly("one", "two");
  }

  @Test
  void repeatedWorkRunsOncePerPeriodUntilCancelled() {
    var start = time.millis();
    var repeated =
        time.every(Duration.ofSeconds(1), () -> ran.add("at " + (time.millis() - start)));
    time.advance(Duration.ofMillis(2_500));
    repeated.cancel();
    time.advance(Duration.ofSeconds(5));
    assertThat(ran).containsExactly("at 1000", "at 2000");
  }
}
