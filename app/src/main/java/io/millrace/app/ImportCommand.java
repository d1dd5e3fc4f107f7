package io.millrace.app;

import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Ids;
import io.millrace.base.runtime.SystemScheduler;
import io.millrace.store.commit.CommitStore;
import io.millrace.wire.mosquitto.FileFault;
import io.millrace.wire.mosquitto.MosquittoDb;
import io.millrace.wire.mosquitto.MosquittoImport;
import io.millrace.wire.mqtt.BrokerStores;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/// `millrace import mosquitto-db FILE`: takes over what Mosquitto kept. Millrace must be stopped.
@Command(
    name = "import",
    description = "Takes over what another broker kept: import mosquitto-db FILE.")
final class ImportCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "KIND", description = "mosquitto-db")
  private String kind = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "As /var/lib/mosquitto/mosquitto.db")
  private Path file = Path.of("mosquitto.db");

  @Option(names = "--config", description = "Settings file; ./millrace.conf when there is one.")
  private @Nullable Path settings;

  @Unmatched private List<String> flags = new ArrayList<>();

  @Override
  public Integer call() {
    if (!kind.equals("mosquitto-db")) {
      throw new FileFault(
          "import %s is not known; write: import mosquitto-db FILE".formatted(kind));
    }
    var db = MosquittoDb.read(file);
    var config = MillraceConfig.read(Map.of(), "import", settings, flags);
    try (var scheduler = new SystemScheduler();
        var store = CommitStore.open(config.data().dir(), config.data().cacheBytes());
        var stores = BrokerStores.open(store)) {
      var ids = new Ids(Clock.SYSTEM, new SecureRandom());
      var result = new MosquittoImport(db, Clock.SYSTEM).into(stores, scheduler, ids);
      System.out.printf(
          "Taken over into %s: %d retained messages, %d sessions with %d subscriptions, %d waiting"
              + " messages%n",
          config.data().dir(),
          result.retained(),
          result.sessions(),
          result.subscriptions(),
          result.waiting());
    }
    return 0;
  }
}
