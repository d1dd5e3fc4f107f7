package io.millrace.store.realtime;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.runtime.Clock;
import io.millrace.store.commit.CommitStore;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Semaphore;

/// Writes until it is killed: each write puts one number at three places, and is printed when it
/// is acknowledged. Run by [RealtimeCrashTest] in a process of its own.
final class CrashingWriter {
  private static final int WAITING_MAX = 500;

  private CrashingWriter() {}

  public static void main(String[] arguments) throws InterruptedException {
    var commits = CommitStore.open(Path.of(arguments[0]), 16 << 20);
    var store = RealtimeStore.open(commits, Nodes.LIMITS, Clock.SYSTEM, new Random());
    var database = store.database("crash");
    var waiting = new Semaphore(WAITING_MAX);
    for (long n = Long.parseLong(arguments[1]); ; n++) {
      long number = n;
      waiting.acquire();
      var values =
          (JsonObject) Json.parse("{\"a\":%d,\"b/c\":%d,\"list/%d\":%d}".formatted(n, n, n, n));
      var _ =
          database
              .write(RealtimeWrite.patch(TreePath.ROOT, values))
              .thenRun(
                  () -> {
                    System.out.println(number);
                    waiting.release();
                  });
    }
  }
}
