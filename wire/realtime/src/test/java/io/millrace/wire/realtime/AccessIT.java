package io.millrace.wire.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessIT {
  private static final String DENIED = "401 {\"error\":\"Permission denied\"}";
  @TempDir Path directory;

  @Test
  void aClosedDatabaseServesAdministratorsOnly() {
    try (var db = new RealtimeFixture(directory, Map.of("rules", "closed"))) {
      assertThat(db.ask("PUT", "/a.json?ns=x", "1")).isEqualTo(DENIED);
      assertThat(db.names()).as("nobody makes databases").isEmpty();
      var bearer = "Bearer " + RealtimeFixture.ADMIN;
      assertThat(db.ask("PUT", "/a.json?ns=x", "1", "Authorization", bearer)).isEqualTo("200 1");
      assertThat(db.get("/a.json?ns=x&access_token=" + RealtimeFixture.ADMIN)).isEqualTo("200 1");
      assertThat(db.get("/a.json?ns=x&auth=" + RealtimeFixture.ADMIN)).isEqualTo("200 1");
      assertThat(db.get("/a.json?ns=x")).isEqualTo(DENIED);
      var asNobody = "&auth_variable_override=null&auth=" + RealtimeFixture.ADMIN;
      assertThat(db.get("/a.json?ns=x" + asNobody)).isEqualTo(DENIED);
      assertThat(db.get("/a.json?ns=x", "Authorization", "Bearer wrong"))
          .isEqualTo("401 {\"error\":\"Unauthorized request.\"}");
      assertThat(db.get("/a.json?ns=x&auth=wrong"))
          .isEqualTo("401 {\"error\":\"Could not parse auth token.\"}");
      assertThat(db.get("/a.json?ns=x", "Accept", "text/event-stream")).isEqualTo(DENIED);
      for (var verb : new String[] {"PUT", "POST", "DELETE"}) {
        assertThat(db.ask(verb, "/a.json?ns=x", "2")).isEqualTo(DENIED);
      }
      assertThat(db.ask("PATCH", "/.json?ns=x", "{\"a\":2}")).isEqualTo(DENIED);
      assertThat(db.get("/.inspect/databases.json")).isEqualTo(DENIED);
      assertThat(db.get("/a.json?ns=x&auth=" + RealtimeFixture.ADMIN)).isEqualTo("200 1");
    }
  }

  @Test
  void theEmulatorsMasterKeyCountsOnlyWhenTheSettingIsOn() {
    try (var db = new RealtimeFixture(directory, Map.of("rules", "closed", "emulator", "true"))) {
      assertThat(db.ask("PUT", "/a.json?ns=x&access_token=owner", "1")).isEqualTo("200 1");
      assertThat(db.get("/a.json?ns=x", "Authorization", "Bearer owner")).isEqualTo("200 1");
    }
    try (var db = new RealtimeFixture(directory, Map.of("rules", "closed"))) {
      assertThat(db.get("/a.json?ns=x", "Authorization", "Bearer owner"))
          .isEqualTo("401 {\"error\":\"Unauthorized request.\"}");
    }
  }

  @Test
  void unknownDatabasesAreNotFoundUnlessASettingMakesThem() {
    try (var db = new RealtimeFixture(directory, Map.of("createDatabases", "false"))) {
      var missing =
          "404 {\"error\":\"Firebase error. Please ensure that you spelled the name of your"
              + " Firebase correctly (x)\"}";
      assertThat(db.get("/a.json?ns=x")).isEqualTo(missing);
      assertThat(db.ask("PUT", "/a.json?ns=x", "1")).isEqualTo(missing);
      assertThat(db.get("/a.json?ns=x", "Accept", "text/event-stream")).isEqualTo(missing);
      assertThat(db.names()).isEmpty();
    }
  }
}
