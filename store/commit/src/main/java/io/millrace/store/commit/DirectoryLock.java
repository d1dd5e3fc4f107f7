package io.millrace.store.commit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// One process at a time in a data directory: a lock that ends with the process.
final class DirectoryLock implements AutoCloseable {
  private final FileChannel file;

  private DirectoryLock(FileChannel file) {
    this.file = file;
  }

  /// @throws StoreDamagedException when another process has it, or nothing can be written there
  static DirectoryLock take(Path directory) {
    try {
      Files.createDirectories(directory);
      var channel =
          FileChannel.open(
              directory.resolve("LOCK"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new StoreDamagedException(
            "%s is in use by another Millrace process. Stop that one, or give this one its own data.dir."
                .formatted(directory),
            new IOException("locked"));
      }
      return new DirectoryLock(channel);
    } catch (IOException e) {
      throw new StoreDamagedException(
          "data.dir %s cannot be written: %s".formatted(directory, e.getMessage()), e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new StoreDamagedException("The lock file could not be closed", e);
    }
  }
}
