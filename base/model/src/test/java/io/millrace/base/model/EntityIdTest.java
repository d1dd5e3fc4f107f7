package io.millrace.base.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EntityIdTest {
  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIsWhatWasRead(EntityType type) {
    var id = new EntityId(type, UUID.fromString("01944f3e-0000-7000-8000-000000000001"));
    assertThat(id.bytes()).hasSize(EntityId.BYTES);
    assertThat(EntityId.read(ByteBuffer.wrap(id.bytes()))).isEqualTo(id);
  }

  @Test
  void noTwoTypesShareACode() {
    assertThat(Arrays.stream(EntityType.values()).map(EntityType::code)).doesNotHaveDuplicates();
  }
}
