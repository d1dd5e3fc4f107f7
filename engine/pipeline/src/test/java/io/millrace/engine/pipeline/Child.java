package io.millrace.engine.pipeline;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.engine.rules.Answer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;

/// A pipeline under load in a process of its own, to be killed: says on its output which messages
/// were acknowledged (`ack N`), and which refused (`no N reason`).
final class Child {
  private static final int DEVICES = 20;
  private static final int OUTSTANDING = 500;

  private Child() {}

  public static void main(String[] args) throws Exception {
    long from = Long.parseLong(args[1]);
    var bed = new Bed(Path.of(args[0]), Bed.config(), (int) from);
    bed.pipeline.deliveries(Bed.KIND, (call, _) -> new Answer(true, call.request()));
    bed.pipeline.start();
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var free = new Semaphore(OUTSTANDING);
    for (long i = from; ; i++) {
      free.acquire();
      long number = i;
      bed.send(device(number), body(number))
          .whenComplete(
              (_, refused) -> {
                out.println(
                    refused == null
                        ? "ack " + number
                        : "no " + number + " " + refused.getMessage());
                free.release();
              });
    }
  }

  static EntityId device(long number) {
    return Bed.device(number % DEVICES);
  }

  private static JsonObject body(long number) {
    return number % 10 == 0 ? Bed.call("peer", number) : Bed.value(number);
  }

  /// Starts one in `directory`; its messages are numbered from `from`.
  static Process start(Path directory, long from) throws IOException {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            directory.toString(),
            Long.toString(from));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
