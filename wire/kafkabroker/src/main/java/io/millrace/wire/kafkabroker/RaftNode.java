package io.millrace.wire.kafkabroker;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/// The broker itself. Inside the class loader; made by [BrokerLoader#node].
///
/// Kafka ends the process when it meets a fault that it does not understand, a full disk among
/// them; here it ends only its own thread, and who started it is told.
final class RaftNode implements KafkaNode {
  private @Nullable KafkaRaftServer server;

  @Override
  public void start(Map<String, String> settings, Consumer<String> onFault) {
    Exit.setExitProcedure((status, message) -> fault(onFault, status, message));
    Exit.setHaltProcedure((status, message) -> fault(onFault, status, message));
    Formatting.once(
        Path.of(settings.getOrDefault("metadata.log.dir", "")),
        Path.of(settings.getOrDefault("log.dirs", "")));
    var fresh = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    server = fresh;
    fresh.startup();
  }

  @Override
  public void stop() {
    var running = server;
    if (running != null) {
      running.shutdown();
      running.awaitShutdown();
    }
  }

  private static void fault(Consumer<String> onFault, int status, @Nullable String message) {
    onFault.accept(message == null ? "Kafka would have exited with " + status : message);
    throw new Ended();
  }

  /// Unwinds the thread that wanted to end the process.
  private static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1;

    Ended() {
      super("Kafka has ended itself", null, false, false);
    }
  }
}
