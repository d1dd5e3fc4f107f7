package io.millrace.store.attributes;

import static io.millrace.base.model.AttributeScope.CLIENT_SCOPE;
import static io.millrace.base.model.AttributeScope.SERVER_SCOPE;
import static io.millrace.base.model.AttributeScope.SHARED_SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.base.json.Json;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.store.commit.CommitStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttributeStoreTest {
  private static final EntityId DEVICE = new EntityId(EntityType.DEVICE, new UUID(1, 2));

  @TempDir Path directory;
  private CommitStore commits;
  private AttributeStore store;

  @BeforeEach
  void open() {
    commits = CommitStore.open(directory, 8 << 20);
    store = AttributeStore.open(commits);
  }

  @AfterEach
  void close() {
    commits.close();
  }

  @Test
  void scopesAreApartAndSurviveReopening() {
    save(CLIENT_SCOPE, attribute("a", "1"), attribute("b", "{\"x\":null}"));
    save(SHARED_SCOPE, attribute("a", "\"two\""));
    close();
    open();
    assertThat(store.read(DEVICE, CLIENT_SCOPE))
        .containsExactly(attribute("a", "1"), attribute("b", "{\"x\":null}"));
    assertThat(store.read(DEVICE, SHARED_SCOPE)).containsExactly(attribute("a", "\"two\""));
    assertThat(store.read(DEVICE, SERVER_SCOPE)).isEmpty();
    assertThat(store.read(DEVICE, CLIENT_SCOPE, List.of("none", "b", "a")))
        .containsExactly(attribute("b", "{\"x\":null}"), attribute("a", "1"));
  }

  @Test
  void commitSeesItsOwnChangesAndOthersDoNot() {
    save(CLIENT_SCOPE, attribute("a", "1"), attribute("b", "1"));
    var keys = List.of("a", "b", "c");
    try (var commit = commits.begin()) {
      store.save(commit, DEVICE, CLIENT_SCOPE, List.of(attribute("c", "3")));
      commit.mark();
      store.delete(commit, DEVICE, CLIENT_SCOPE, List.of("a"));
      store.save(commit, DEVICE, CLIENT_SCOPE, List.of(attribute("b", "2")));
      assertThat(store.read(commit, DEVICE, CLIENT_SCOPE, keys))
          .containsExactly(attribute("b", "2"), attribute("c", "3"));
      assertThat(store.read(DEVICE, CLIENT_SCOPE, keys))
          .containsExactly(attribute("a", "1"), attribute("b", "1"));
      commit.rollBack();
      assertThat(store.read(commit, DEVICE, CLIENT_SCOPE, keys))
          .containsExactly(attribute("a", "1"), attribute("b", "1"), attribute("c", "3"));
      commit.write();
    }
    assertThat(store.read(DEVICE, CLIENT_SCOPE))
        .containsExactly(attribute("a", "1"), attribute("b", "1"), attribute("c", "3"));
  }

  @Test
  void listenersHearAfterTheCommitOnly() {
    var heard = new ArrayList<String>();
    store.onChange(new Recorder(heard));
    try (var commit = commits.begin()) {
      store.save(commit, DEVICE, CLIENT_SCOPE, List.of(attribute("a", "1")));
      store.delete(commit, DEVICE, SERVER_SCOPE, List.of("b"));
      assertThat(heard).isEmpty();
      commit.write();
    }
    assertThat(heard).containsExactly("saved CLIENT_SCOPE a=1", "deleted SERVER_SCOPE [b]");
  }

  @Test
  void deletingEverythingOfAnEntityLeavesOthers() {
    var other = new EntityId(EntityType.DEVICE, new UUID(1, 3));
    save(CLIENT_SCOPE, attribute("a", "1"));
    save(SERVER_SCOPE, attribute("a", "1"));
    try (var commit = commits.begin()) {
      store.save(commit, other, CLIENT_SCOPE, List.of(attribute("a", "1")));
      store.deleteAll(commit, DEVICE);
      commit.write();
    }
    for (var scope : AttributeScope.values()) {
      assertThat(store.read(DEVICE, scope)).isEmpty();
    }
    assertThat(store.read(other, CLIENT_SCOPE)).hasSize(1);
  }

  @Test
  void keyOfNoneOrTooManyCharactersIsRefused() {
    assertThatThrownBy(() -> save(CLIENT_SCOPE, attribute("", "1")))
        .hasMessage("An attribute key of 0 characters; 1 to 255 are allowed");
    assertThatThrownBy(() -> save(CLIENT_SCOPE, attribute("k".repeat(256), "1")))
        .hasMessage("An attribute key of 256 characters; 1 to 255 are allowed");
  }

  @Test
  void answersAsAMapWouldWhileTheCacheEvicts() {
    var random = new Random(5);
    var model = new HashMap<Integer, Map<String, Attribute>>();
    var tiny = AttributeStore.open(commits, 5);
    for (int step = 0; step < 2_000; step++) {
      int which = random.nextInt(4);
      var entity = new EntityId(EntityType.ASSET, new UUID(0, which));
      var expected = model.computeIfAbsent(which, _ -> new TreeMap<>());
      var attribute = attribute("k" + random.nextInt(4), "" + step);
      try (var commit = commits.begin()) {
        if (random.nextInt(3) == 0) {
          tiny.delete(commit, entity, SERVER_SCOPE, List.of(attribute.key()));
          expected.remove(attribute.key());
        } else {
          tiny.save(commit, entity, SERVER_SCOPE, List.of(attribute));
          expected.put(attribute.key(), attribute);
        }
        commit.write();
      }
      int asked = random.nextInt(4);
      assertThat(tiny.read(new EntityId(EntityType.ASSET, new UUID(0, asked)), SERVER_SCOPE))
          .isEqualTo(List.copyOf(model.getOrDefault(asked, Map.of()).values()));
    }
  }

  private void save(AttributeScope scope, Attribute... attributes) {
    try (var commit = commits.begin()) {
      store.save(commit, DEVICE, scope, List.of(attributes));
      commit.write();
    }
  }

  private static Attribute attribute(String key, String value) {
    return new Attribute(key, Json.parse(value), 1_000);
  }

  private record Recorder(List<String> heard) implements AttributeListener {
    @Override
    public void saved(EntityId entity, AttributeScope scope, List<Attribute> attributes) {
      attributes.forEach(a -> heard.add("saved %s %s=%s".formatted(scope, a.key(), a.value())));
    }

    @Override
    public void deleted(EntityId entity, AttributeScope scope, Collection<String> keys) {
      heard.add("deleted %s %s".formatted(scope, keys));
    }
  }
}
