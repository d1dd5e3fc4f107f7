package io.millrace.wire.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.model.Point;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.timeseries.TimeseriesStore;
import io.millrace.testkit.SimulatedTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceActivityTest {
  private static final EntityId DEVICE =
      EntityId.of(EntityType.DEVICE, "01944f3e-0000-7000-8000-000000000001");

  @TempDir Path folder;
  private final SimulatedTime time = new SimulatedTime();
  private CommitStore store;
  private TimeseriesStore timeseries;
  private AttributeStore attributes;
  private DeviceActivity activity;

  @BeforeEach
  void open() {
    store = CommitStore.open(folder, 8L << 20);
    timeseries = TimeseriesStore.open(store);
    attributes = AttributeStore.open(store);
    activity = new DeviceActivity(attributes, timeseries, time, Duration.ofMinutes(10));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aDeviceIsActiveForTenMinutesAfterItsLatestTelemetry() {
    assertThat(activity.isActive(DEVICE)).isFalse();
    save();
    time.advance(Duration.ofMinutes(9));
    assertThat(activity.isActive(DEVICE)).isTrue();
    time.advance(Duration.ofMinutes(1));
    assertThat(activity.isActive(DEVICE)).isFalse();
  }

  @Test
  void theServerAttributeActiveHasTheLastWord() {
    save();
    try (var commit = store.begin()) {
      var said = new Attribute("active", JsonBoolean.FALSE, time.millis());
      attributes.save(commit, DEVICE, AttributeScope.SERVER_SCOPE, List.of(said));
      commit.write();
    }
    assertThat(activity.isActive(DEVICE)).isFalse();
  }

  private void save() {
    try (var commit = store.begin()) {
      timeseries.save(commit, DEVICE, List.of(new Point("t", time.millis(), new JsonLong(1))));
      commit.write();
    }
  }
}
