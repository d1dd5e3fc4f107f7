package io.millrace.wire.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.JsonString;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SdkFramesProperties {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whatIsCutIsPutTogetherAgain(long seed) {
    var random = new Random(seed);
    var frames = new SdkFrames(1_000_000);
    for (int i = 0; i < 50; i++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(60_000); n > 0; n--) {
        text.appendCodePoint(random.nextInt(3) == 0 ? 0x1F600 + random.nextInt(50) : 'a');
      }
      var message = new JsonString(text.toString());
      var cut = SdkFrames.cut(message);
      Optional<SdkFrames.Whole> whole = Optional.empty();
      for (var frame : cut) {
        assertThat(whole).isEmpty();
        assertThat(frame.length()).isLessThanOrEqualTo(SdkFrames.PIECE_LENGTH_MAX);
        assertThat(
                new String(
                    frame.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    java.nio.charset.StandardCharsets.UTF_8))
            .as("no pair is torn")
            .isEqualTo(frame);
        whole = frames.add(frame);
      }
      assertThat(whole)
          .as("seed %d message %d", seed, i)
          .hasValue(new SdkFrames.Whole(message.toString(), false));
    }
  }

  @Test
  void aLoneZeroSaysNothingAndOfALongMessageOnlyTheBeginningIsHeld() {
    var frames = new SdkFrames(10);
    assertThat(frames.add("0")).isEmpty();
    assertThat(frames.add("{}")).hasValue(new SdkFrames.Whole("{}", false));
    assertThat(frames.add("2")).isEmpty();
    assertThat(frames.add("1234567890")).isEmpty();
    assertThat(frames.add("1")).hasValue(new SdkFrames.Whole("1234567890", true));
    assertThat(frames.add("€€€€")).hasValue(new SdkFrames.Whole("€€€€", true));
    assertThat(frames.add("€€€")).hasValue(new SdkFrames.Whole("€€€", false));
  }
}
