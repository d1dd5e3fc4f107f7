package io.millrace.wire.realtime;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import io.millrace.engine.security.TokenTrust;
import java.time.Duration;
import java.util.List;

/// Settings of the realtime database's port, `realtime.*`.
public record Config(
    @Doc("Port of the realtime database; 0 picks a free one.")
        @Default("9000")
        @Limit(min = 0, max = 65_535)
        int port,
    @Doc("Rules of a database that has none of its own: open to everybody, or closed.")
        @Default("closed")
        Access rules,
    @Doc("Let a write to an unknown database name make that database.") @Default("false")
        boolean createDatabases,
    @Doc(
            "Answer REST calls of rule chains to Firebase's own host names from the embedded"
                + " database.")
        @Default("false")
        boolean embedFirebase,
    @Doc("Largest body of a write by REST, in bytes.")
        @Default("67108864")
        @Limit(min = 1024, max = 1_073_741_824)
        int bodyBytesMax,
    @Doc("Largest message of an SDK, in bytes; a longer one is answered write_too_big.")
        @Default("16777216")
        @Limit(min = 32_768, max = 1_073_741_824)
        int sdkWriteBytesMax,
    @Doc("Largest answer to a read, in bytes of memory of what is read.")
        @Default("268435456")
        @Limit(min = 1024)
        long readBytesMax,
    @Doc("Time between two keep-alive events of an event stream.") @Default("30s")
        Duration keepAlive,
    @Doc("An SDK socket from which nothing was heard for so long is closed; SDKs speak every 45 s.")
        @Default("120s")
        Duration socketIdle,
    @Doc(
            "Take the token 'owner' of Firebase's emulator as an administrator's, from this machine"
                + " only.")
        @Default("false")
        boolean emulator,
    @Doc("Firebase project whose ID tokens are taken; empty takes none.") @Default("")
        String projectId,
    @Doc("Keys that sign ID and custom tokens: a JWK set, as a file or an http(s) address.")
        @Default("")
        String tokenKeys,
    @Doc("How often the keys are read again.") @Default("1h") Duration tokenKeysPeriod,
    @Doc("Issuer of ID tokens; empty stands for https://securetoken.google.com/PROJECT.")
        @Default("")
        String tokenIssuer,
    @Doc("Audience of ID tokens; empty stands for the project.") @Default("") String tokenAudience,
    @Doc("Database secrets: who presents one is an administrator, and they sign legacy tokens.")
        @Default("")
        List<String> secrets,
    @Doc("Bytes that may wait for a slow event stream or socket before it is closed.")
        @Default("16777216")
        @Limit(min = 1024)
        int waitingBytesMax,
    @Doc("Most event streams and sockets that may be open at once.")
        @Default("20000")
        @Limit(min = 1, max = 10_000_000)
        int connectionsMax,
    @Doc("Most requests of one SDK session that may wait for the writes before them.")
        @Default("10000")
        @Limit(min = 1, max = 1_000_000)
        int heldRequestsMax,
    @Doc("Most places a second that firebase rule nodes write to one database elsewhere.")
        @Default("1000")
        @Limit(min = 1, max = 1_000_000)
        int sinkWritesPerSecond,
    @Doc("Most places that travel in one update to a database elsewhere.")
        @Default("500")
        @Limit(min = 1, max = 100_000)
        int sinkBatchPathsMax,
    @Doc("Largest update to a database elsewhere, in bytes; Firebase takes 16 MB.")
        @Default("16000000")
        @Limit(min = 1024, max = 256_000_000)
        long sinkBatchBytesMax) {

  TokenTrust trust() {
    return new TokenTrust(projectId, tokenIssuer, tokenAudience, secrets);
  }

  /// Who may use a database that has no rules of its own.
  public enum Access {
    /// Everybody.
    OPEN,
    /// Administrators.
    CLOSED
  }
}
