package io.millrace.engine.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.JsonLong;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeStatesTest {
  private static final UUID NODE = new UUID(4, 4);
  @TempDir Path directory;

  @Test
  void aBatchSeesItsOwnStateAndTakesItBack() {
    try (var bed = new ChainBed(directory);
        var commit = bed.store.begin()) {
      bed.states.save(commit, ChainBed.DEVICE, NODE, new JsonLong(1));
      commit.mark();
      bed.states.save(commit, ChainBed.DEVICE, NODE, new JsonLong(2));
      assertThat(bed.states.find(ChainBed.DEVICE, NODE)).contains(new JsonLong(2));
      commit.rollBack();
      assertThat(bed.states.find(ChainBed.DEVICE, NODE)).contains(new JsonLong(1));
      commit.write();
      assertThat(new NodeStates(bed.store).find(ChainBed.DEVICE, NODE)).contains(new JsonLong(1));
      assertThat(bed.states.find(ChainBed.DEVICE, new UUID(4, 5))).isEmpty();
    }
  }

  @Test
  void whatIsDeletedIsForgotten() {
    try (var bed = new ChainBed(directory)) {
      try (var commit = bed.store.begin()) {
        bed.states.save(commit, ChainBed.DEVICE, NODE, new JsonLong(1));
        commit.write();
      }
      try (var commit = bed.store.begin()) {
        bed.states.deleteAll(commit, ChainBed.DEVICE);
        commit.write();
      }
      assertThat(bed.states.find(ChainBed.DEVICE, NODE)).isEmpty();
    }
  }
}
