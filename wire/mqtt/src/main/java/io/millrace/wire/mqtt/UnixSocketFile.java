package io.millrace.wire.mqtt;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file of a Unix socket: what a killed process left is removed, what is in use is not.
final class UnixSocketFile {
  private static final Logger log = LoggerFactory.getLogger(UnixSocketFile.class);
  private final ListenerConfig config;
  private final Path file;

  UnixSocketFile(ListenerConfig config) {
    this.config = config;
    this.file = Path.of(config.address());
  }

  void removeStale() {
    if (!Files.exists(file)) {
      return;
    }
    if (Files.isRegularFile(file) || Files.isDirectory(file)) {
      throw new ListenException(
          "%s=%s is a file of another kind; name one that does not exist, or remove it"
              .formatted(config.setting(), file));
    }
    try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
      throw new ListenException(
          "%s=%s is in use by another process (%s); stop it, or choose another file"
              .formatted(config.setting(), file, channel.getRemoteAddress()));
    } catch (IOException nobodyListens) {
      remove();
    }
  }

  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.warn("The Unix socket {} cannot be removed: {}", file, e.getMessage());
    }
  }

  ListenException refused(Throwable cause) {
    return new ListenException(
        "%s=%s cannot be opened: %s. The directory must exist and be writable, and the path be short (100 bytes)."
            .formatted(config.setting(), file, cause.getMessage()),
        cause);
  }
}
