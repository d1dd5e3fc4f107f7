package io.millrace.wire.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventStreamIT {
  @TempDir Path directory;
  private RealtimeFixture db;

  @BeforeEach
  void open() {
    db = new RealtimeFixture(directory, Map.of("keepAlive", "500ms", "connectionsMax", "3"));
  }

  @AfterEach
  void close() {
    db.close();
  }

  /// Reads `event data` pairs as they come.
  private final class EventReader implements AutoCloseable {
    final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final Stream<String> lines;

    EventReader(String pathAndQuery) throws Exception {
      var request =
          HttpRequest.newBuilder(db.uri(pathAndQuery))
              .header("Accept", "text/event-stream")
              .header("Accept-Encoding", "gzip")
              .build();
      var response = db.client.send(request, BodyHandlers.ofLines());
      assertThat(response.headers().firstValue("content-type").orElse(""))
          .startsWith("text/event-stream");
      lines = response.body();
      Thread.startVirtualThread(
          () -> {
            try {
              read(lines);
            } catch (java.io.UncheckedIOException | IllegalStateException closed) {
              events.add("closed");
            }
          });
    }

    private void read(Stream<String> from) {
      var event = new StringBuilder();
      from.forEach(
          line -> {
            if (line.startsWith("event: ")) {
              event.setLength(0);
              event.append(line.substring(7));
            } else if (line.startsWith("data: ")) {
              events.add(event + " " + line.substring(6));
            }
          });
    }

    String next() throws InterruptedException {
      String event;
      do {
        event = events.poll(5, TimeUnit.SECONDS);
      } while (event != null && event.startsWith("keep-alive"));
      return String.valueOf(event);
    }

    @Override
    public void close() {
      try {
        lines.close();
      } catch (java.io.UncheckedIOException alreadyClosed) {
        events.add("closed");
      }
    }
  }

  @Test
  void theWholeComesFirstThenEachChangeAtItsPath() throws Exception {
    db.ask("PUT", "/a.json?ns=x", "{\"b\":1}");
    try (var stream = new EventReader("/a.json?ns=x")) {
      assertThat(stream.next()).isEqualTo("put {\"path\":\"/\",\"data\":{\"b\":1}}");
      db.ask("PUT", "/a/c/d.json?ns=x", "2"); // below
      assertThat(stream.next()).isEqualTo("put {\"path\":\"/c/d\",\"data\":2}");
      db.ask(
          "PATCH", "/a.json?ns=x", "{\"b\":1,\"c/d\":3,\"e\":null,\"f\":[1]}"); // b and e as before
      assertThat(stream.next()).isEqualTo("patch {\"path\":\"/\",\"data\":{\"c/d\":3,\"f\":[1]}}");
      db.ask("PATCH", "/a/c.json?ns=x", "{\"d\":4}");
      assertThat(stream.next()).isEqualTo("patch {\"path\":\"/c\",\"data\":{\"d\":4}}");
      db.ask("PUT", "/z.json?ns=x", "1"); // elsewhere
      db.ask("PUT", "/a/b.json?ns=x", "1"); // no change
      db.ask("PUT", "/a/b/.priority.json?ns=x", "1"); // not shown
      db.ask("PATCH", "/.json?ns=x", "{\"a/b\":5,\"z\":2}"); // above, one part below
      assertThat(stream.next()).isEqualTo("patch {\"path\":\"/\",\"data\":{\"b\":5}}");
      db.ask("PUT", "/.json?ns=x", "{\"a\":{\"q\":true}}"); // above
      assertThat(stream.next()).isEqualTo("put {\"path\":\"/\",\"data\":{\"q\":true}}");
      db.ask("DELETE", "/.json?ns=x", "");
      assertThat(stream.next()).isEqualTo("put {\"path\":\"/\",\"data\":null}");
    }
  }

  @Test
  void aQueryStreamsItsViewOnly() throws Exception {
    db.ask("PUT", "/q.json?ns=x", "{\"a\":{\"h\":1},\"b\":{\"h\":2},\"c\":{\"h\":3}}");
    db.rules("x", "{'.read':true,'.write':true,'q':{'.indexOn':'h'}}");
    try (var stream = new EventReader("/q.json?ns=x&orderBy=%22h%22&limitToLast=2")) {
      assertThat(stream.next())
          .isEqualTo("put {\"path\":\"/\",\"data\":{\"b\":{\"h\":2},\"c\":{\"h\":3}}}");
      db.ask("PUT", "/q/a/h.json?ns=x", "0"); // outside
      db.ask("PUT", "/q/d.json?ns=x", "{\"h\":4}");
      assertThat(stream.next())
          .isEqualTo("patch {\"path\":\"/\",\"data\":{\"b\":null,\"d\":{\"h\":4}}}");
      db.ask("DELETE", "/q.json?ns=x", "");
      assertThat(stream.next()).isEqualTo("put {\"path\":\"/\",\"data\":null}");
    }
  }

  @Test
  void aQuietStreamIsKeptAlive() throws Exception {
    try (var stream = new EventReader("/a.json?ns=x")) {
      assertThat(stream.events.poll(5, TimeUnit.SECONDS))
          .isEqualTo("put {\"path\":\"/\",\"data\":null}");
      assertThat(stream.events.poll(5, TimeUnit.SECONDS)).isEqualTo("keep-alive null");
      assertThat(stream.events.poll(5, TimeUnit.SECONDS)).isEqualTo("keep-alive null");
    }
  }

  @Test
  void everyStreamHearsEveryWriteInOrder() throws Exception {
    try (var one = new EventReader("/n.json?ns=x");
        var two = new EventReader("/.json?ns=x")) {
      one.next();
      two.next();
      for (int i = 0; i < 200; i++) {
        db.ask("PUT", "/n.json?ns=x", "" + i);
      }
      for (int i = 0; i < 200; i++) {
        assertThat(one.next()).isEqualTo("put {\"path\":\"/\",\"data\":" + i + "}");
        assertThat(two.next()).isEqualTo("put {\"path\":\"/n\",\"data\":" + i + "}");
      }
    }
  }

  @Test
  void tooManyStreamsAreRefusedUntilOneEnds() throws Exception {
    var first = new EventReader("/a.json?ns=x");
    try (var second = new EventReader("/a.json?ns=x");
        var third = new EventReader("/a.json?ns=x")) {
      assertThat(db.get("/a.json?ns=x", "Accept", "text/event-stream"))
          .startsWith("503 {\"error\":\"Too many event streams");
      first.close();
      org.awaitility.Awaitility.await()
          .until(
              () -> {
                try (var again = new EventReader("/a.json?ns=x")) {
                  return again.next().startsWith("put");
                } catch (AssertionError stillFull) {
                  return false;
                }
              });
      assertThat(second.next()).startsWith("put");
      assertThat(third.next()).startsWith("put");
    }
  }
}
