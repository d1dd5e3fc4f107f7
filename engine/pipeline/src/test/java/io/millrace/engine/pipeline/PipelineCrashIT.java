package io.millrace.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.engine.rules.Answer;
import io.millrace.store.commit.Family;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class PipelineCrashIT {
  private static final int ROUNDS = Integer.getInteger("crash.rounds", 3);
  private static final long PER_ROUND = 10_000_000;
  @TempDir Path directory;

  @Test
  void whatWasAcknowledgedBeforeEachKillIsThereExactlyOnce() throws Exception {
    var acknowledged = new HashSet<Long>();
    for (int round = 0; round < ROUNDS; round++) {
      for (var line : killedUnderLoad(round)) {
        assertThat(line).startsWith("ack ");
        acknowledged.add(Long.parseLong(line.substring(4)));
      }
    }
    assertThat(acknowledged).hasSizeGreaterThan(ROUNDS * 100);

    try (var bed = new Bed(directory, Bed.config(), 99)) {
      bed.pipeline.deliveries(Bed.KIND, (call, _) -> new Answer(true, call.request()));
      bed.pipeline.start();
      await().atMost(Duration.ofSeconds(60)).until(() -> bed.rows(Family.OUTBOX) == 0);
      var messages = new HashMap<Long, Integer>();
      var answers = new HashMap<Long, Integer>();
      for (var text : bed.kept()) {
        (text.contains(" answer ") ? answers : messages).merge(value(text), 1, Integer::sum);
      }
      assertThat(missing(acknowledged, messages.keySet())).isEmpty();
      assertThat(Set.copyOf(messages.values())).containsExactly(1);
      // the message log holds just the messages that took effect
      var logged = new HashMap<Long, Integer>();
      bed.logged().forEach(one -> logged.merge(value(one.body().toString()), 1, Integer::sum));
      assertThat(logged).isEqualTo(messages);
      // every call that a stored message made was answered once inside, whatever the kills
      var calls = messages.keySet().stream().filter(number -> number % 10 == 0).toList();
      assertThat(answers).hasSize(calls.size());
      assertThat(missing(calls, answers.keySet())).isEmpty();
      assertThat(Set.copyOf(answers.values())).containsExactly(1);
    }
  }

  @Test
  @EnabledIf("canLimitFiles")
  void aDiskThatRefusesIsSaidToSendersAndLosesNothing() throws Exception {
    var child = Child.start(directory, 0);
    var acknowledged = new HashSet<Long>();
    var refused = new HashSet<Long>();
    var reason = "";
    try (var out = child.inputReader()) {
      while (refused.size() < 3_000) { // it goes on answering, batch after batch
        var words = String.valueOf(out.readLine()).split(" ", 3);
        switch (words[0]) {
          case "ack" -> acknowledged.add(Long.parseLong(words[1]));
          case "no" -> {
            refused.add(Long.parseLong(words[1]));
            reason = words[2];
          }
          default -> assertThat(words[0]).isNotEqualTo("null"); // the child's log
        }
        if (acknowledged.size() == 1_000) {
          fillTheDisk(child);
        }
      }
      assertThat(child.isAlive()).isTrue();
    } finally {
      child.destroyForcibly().waitFor();
    }
    assertThat(reason).contains("disk refused a write").contains("nothing was stored");
    try (var bed = new Bed(directory, Bed.config(), 99)) {
      var stored =
          bed.kept().stream()
              .filter(text -> !text.contains(" answer "))
              .map(PipelineCrashIT::value)
              .collect(Collectors.toSet());
      assertThat(missing(acknowledged, stored)).isEmpty();
      assertThat(refused).noneMatch(stored::contains);
    }
  }

  /// What a child said until it was killed, somewhere in the load.
  private List<String> killedUnderLoad(int round) throws Exception {
    var child = Child.start(directory, round * PER_ROUND);
    var said = new ArrayList<String>();
    try (var out = child.inputReader()) {
      for (var line = out.readLine(); line != null; line = out.readLine()) {
        said.add(line);
        if (said.size() == 2_000 + 777 * round) {
          child.toHandle().destroyForcibly(); // SIGKILL; what it has said still comes
        }
      }
    }
    child.waitFor();
    said.removeLast(); // may have been cut off
    return said;
  }

  static boolean canLimitFiles() {
    return Files.isExecutable(Path.of("/usr/bin/prlimit"));
  }

  /// A limit on the size of files stands for it; the log of writes meets it soon.
  private static void fillTheDisk(Process child) throws Exception {
    var limit =
        new ProcessBuilder("prlimit", "--fsize=262144", "--pid", Long.toString(child.pid()));
    assertThat(limit.inheritIO().start().waitFor()).isZero();
  }

  private static List<Long> missing(Collection<Long> expected, Set<Long> there) {
    return expected.stream().filter(number -> !there.contains(number)).toList();
  }

  private static long value(String text) {
    int at = text.indexOf("\"v\":") + 4;
    return Long.parseLong(text.substring(at, text.indexOf('}', at)));
  }
}
