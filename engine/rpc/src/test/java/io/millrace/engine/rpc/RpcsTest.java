package io.millrace.engine.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.base.config.Settings;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import io.millrace.testkit.SimulatedTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RpcsTest {
  private static final EntityId TENANT = new EntityId(EntityType.TENANT, new UUID(1, 1));
  private static final EntityId DEVICE = new EntityId(EntityType.DEVICE, new UUID(2, 2));

  @TempDir Path directory;
  private final SimulatedTime time = new SimulatedTime();
  private final List<String> steps = new CopyOnWriteArrayList<>();
  private final Wire wire = new Wire();
  private CommitStore store;
  private Rpcs rpcs;

  @BeforeEach
  void open() {
    store = CommitStore.open(directory, 8 << 20);
    var flags = List.of("--rpc.keptMax=2", "--rpc.waitingMax=3");
    var config = Settings.of().addFlags(flags).bind("rpc", Config.class);
    rpcs = Rpcs.open(config, store, time, time);
    rpcs.link(wire);
    rpcs.start(new OneByOne());
    rpcs.onChange(rpc -> steps.add(rpc.status().name()));
  }

  @AfterEach
  void close() {
    rpcs.close();
    store.close();
  }

  @Test
  void aDeviceThatIsNotThereFailsTheCommandAtOnce() {
    wire.isListening = false;
    assertThat(rpcs.call(request(1, false, 0)).join())
        .isEqualTo(new RpcReply.Failed(RpcReply.Reason.NO_ACTIVE_CONNECTION));
    assertThat(rpcs.waiting()).isZero();
  }

  @Test
  void anAnswerReachesWhoAsked() {
    var reply = rpcs.call(request(1, false, 0));
    rpcs.answered(DEVICE, wire.last() + 1, new JsonLong(5)); // of another command
    rpcs.answered(new EntityId(EntityType.DEVICE, new UUID(9, 9)), wire.last(), new JsonLong(6));
    assertThat(reply).isNotDone();
    rpcs.answered(DEVICE, wire.last(), new JsonLong(7));
    assertThat(reply.join()).isEqualTo(new RpcReply.Answered(new JsonLong(7)));
  }

  @Test
  void noAnswerInTimeIsATimeout() {
    var reply = rpcs.call(request(1, false, 0));
    time.advance(Duration.ofSeconds(10));
    assertThat(reply.join()).isEqualTo(new RpcReply.Failed(RpcReply.Reason.TIMEOUT));
    rpcs.answered(DEVICE, wire.last(), new JsonLong(7)); // too late, and nobody minds
    assertThat(rpcs.waiting()).isZero();
  }

  @Test
  void onlySoManyCommandsWait() {
    for (int i = 0; i < 3; i++) {
      var _ = rpcs.call(request(i, false, 0));
    }
    assertThat(rpcs.call(request(4, false, 0)).join())
        .isEqualTo(new RpcReply.Failed(RpcReply.Reason.INTERNAL));
  }

  @Test
  void aPersistentCommandGoesThroughItsSteps() {
    wire.isListening = false;
    keep(request(1, false, 0));
    await().until(() -> steps.equals(List.of("QUEUED")));
    wire.isListening = true;
    rpcs.listening(DEVICE);
    await().until(() -> steps.equals(List.of("QUEUED", "SENT")));
    rpcs.answered(DEVICE, wire.last(), new JsonLong(7));
    await().until(() -> steps.equals(List.of("QUEUED", "SENT", "SUCCESSFUL")));
    assertThat(found(1).response()).isEqualTo(new JsonLong(7));
    assertThat(found(1).toJson().text("status", "")).isEqualTo("SUCCESSFUL");
  }

  @Test
  void aPersistentCommandIsSentAgainAsOftenAsItSays() {
    keep(request(1, false, 1));
    await().until(() -> wire.sent.size() == 1);
    time.advance(Duration.ofSeconds(10));
    await().until(() -> wire.sent.size() == 2);
    await().until(() -> steps.size() == 4);
    time.advance(Duration.ofSeconds(10));
    await().until(() -> found(1).status() == RpcStatus.TIMEOUT);
    assertThat(steps).containsExactly("QUEUED", "SENT", "QUEUED", "SENT", "TIMEOUT");
  }

  @Test
  void aPersistentCommandExpires() {
    wire.isListening = false;
    keep(request(1, true, 0));
    time.advance(Duration.ofMinutes(2));
    wire.isListening = true;
    rpcs.listening(DEVICE);
    await().until(() -> found(1).status() == RpcStatus.EXPIRED);
    assertThat(wire.sent).isEmpty();
  }

  @Test
  void onlySoManyAreKeptForADevice() {
    wire.isListening = false;
    keep(request(1, true, 0));
    keep(request(2, true, 0));
    assertThatThrownBy(() -> keep(request(3, true, 0))).hasMessageContaining("rpc.keptMax");
    assertThat(rpcs.of(DEVICE, _ -> true, 10)).extracting(Rpc::id).hasSize(2);
    rpcs.find(new UUID(3, 1)).ifPresent(rpc -> commit(batch -> delete(batch, rpc)));
    assertThat(rpcs.of(DEVICE, _ -> true, 10)).extracting(Rpc::id).containsExactly(new UUID(3, 2));
    keep(request(3, true, 0));
  }

  private Rpc found(int number) {
    return rpcs.find(new UUID(3, number)).orElseThrow();
  }

  private boolean delete(Commit commit, Rpc rpc) {
    rpcs.delete(commit, rpc);
    return true;
  }

  private void keep(RpcRequest request) {
    commit(
        commit -> {
          rpcs.keep(commit, request);
          return true;
        });
  }

  private <T> T commit(Function<Commit, T> work) {
    try (var commit = store.begin()) {
      var result = work.apply(commit);
      commit.write();
      return result;
    }
  }

  private RpcRequest request(int number, boolean oneway, int retries) {
    return new RpcRequest(
        new UUID(3, number),
        TENANT,
        DEVICE,
        "setGpio",
        JsonObject.EMPTY,
        oneway,
        true,
        time.millis() + (number == 1 && oneway ? 60_000 : retries > 0 ? 60_000 : 10_000),
        retries,
        JsonNull.NULL);
  }

  /// Commits each piece of work by itself, as a partition without other messages does.
  private final class OneByOne implements DeviceWrites {
    @Override
    public <T> CompletableFuture<T> on(EntityId device, Function<Commit, T> work) {
      return CompletableFuture.completedFuture(commit(work));
    }
  }

  /// A device at the other end, which answers when the test says so.
  private static final class Wire implements DeviceLink {
    private final List<Command> sent = new CopyOnWriteArrayList<>();
    private volatile boolean isListening = true;

    @Override
    public boolean send(EntityId device, Command command) {
      return isListening && sent.add(command);
    }

    @Override
    public void reply(EntityId device, String session, int number, JsonValue body) {
      throw new AssertionError("Nobody asked");
    }

    private int last() {
      return sent.getLast().number();
    }
  }
}
