package io.millrace.wire.mqtt;

import io.millrace.store.commit.CommitStore;
import java.nio.file.Path;
import java.util.Map;

/// A broker on a real store, whose process can end in the middle of everything.
final class DurableBroker implements AutoCloseable {
  private final CommitStore commits;
  private final CommitRetainedStore retained;
  private final MortalStore sessions;
  final TestServer broker;

  DurableBroker(Path directory, Map<String, String> settings) {
    commits = CommitStore.open(directory, 16 << 20);
    retained = CommitRetainedStore.open(commits);
    sessions = new MortalStore(CommitSessionStore.open(commits));
    broker = TestServer.open(settings, new BrokerStores(retained, sessions));
  }

  MortalStore sessions() {
    return sessions;
  }

  /// Ends as a process that is killed: nothing more reaches the disk.
  void kill() {
    sessions.die();
    close();
  }

  @Override
  public void close() {
    broker.close();
    sessions.close();
    retained.close();
    commits.close();
  }
}
