package io.millrace.store.messages;

import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.util.function.Consumer;

/// Looks at the message log as it lies. For tools, on a store that nobody writes to.
public final class StoredMessages {
  private StoredMessages() {}

  /// Reads every block of devices' messages and tells of each that cannot be read.
  ///
  /// @return the messages that can
  public static long check(CommitStore store, Consumer<String> fault) {
    long[] count = {0};
    store.scan(
        Family.MESSAGES,
        Keys.from(0),
        Keys.end(),
        (key, block) -> {
          try {
            MessageBlock.read(block, _ -> count[0]++);
          } catch (RuntimeException e) {
            fault.accept(
                "messages of %d cannot be read: %s".formatted(Keys.time(key), e.getMessage()));
          }
          return true;
        });
    return count[0];
  }
}
