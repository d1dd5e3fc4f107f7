package io.millrace.wire.kafkabroker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Our own lock on Kafka's directory, taken before Kafka looks at it: two controllers on one
/// metadata log would ruin it.
final class DirectoryLock implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DirectoryLock.class);
  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /// @throws BrokerStartException when somebody else holds it or the directory cannot be made
  static DirectoryLock of(Path directory) {
    try {
      Files.createDirectories(directory);
      var channel =
          FileChannel.open(
              directory.resolve("millrace.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      try {
        if (channel.tryLock() != null) {
          return new DirectoryLock(channel);
        }
      } catch (OverlappingFileLockException e) {
        // this process has it; said below
      }
      channel.close();
    } catch (IOException e) {
      throw new BrokerStartException(
          "Kafka's directory %s cannot be used: %s; check its owner and the free space"
              .formatted(directory, e.getMessage()),
          e);
    }
    throw new BrokerStartException(
        "Another broker uses %s; stop that Millrace, or give this one another data.dir"
            .formatted(directory),
        null);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      log.debug("The lock of Kafka's directory did not close", e);
    }
  }
}
