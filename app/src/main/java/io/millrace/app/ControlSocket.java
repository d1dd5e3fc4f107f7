package io.millrace.app;

import io.millrace.base.runtime.Threads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `control.sock` in the data directory: through it the commands of this machine ask a running
/// Millrace for a snapshot. Who may read the data directory may use it. One line asks, one answers.
final class ControlSocket implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ControlSocket.class);
  private static final String SNAPSHOT = "snapshot";
  private static final int PATH_BYTES_MAX = 100; // the system's limit is 104 to 108
  private final Path file;
  private final ServerSocketChannel server;
  private final Snapshots snapshots;
  private volatile boolean isClosed;

  /// Makes a snapshot and says where.
  interface Snapshots {
    Path make() throws IOException;
  }

  private ControlSocket(Path file, ServerSocketChannel server, Snapshots snapshots) {
    this.file = file;
    this.server = server;
    this.snapshots = snapshots;
    Threads.platform("control", this::serve).start();
  }

  /// Opens it; empty when the path of the data directory is too long for a socket.
  static Optional<ControlSocket> open(Path dataDirectory, Snapshots snapshots) {
    var file = path(dataDirectory);
    if (file.toString().getBytes(StandardCharsets.UTF_8).length > PATH_BYTES_MAX) {
      log.warn("{} is too long a path for a socket: stop Millrace to back it up", file);
      return Optional.empty();
    }
    try {
      Files.deleteIfExists(file);
      var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(file));
      return Optional.of(new ControlSocket(file, server, snapshots));
    } catch (IOException | UnsupportedOperationException e) {
      log.warn("{} cannot be opened ({}): stop Millrace to back it up", file, e.getMessage());
      return Optional.empty();
    }
  }

  /// Asks the Millrace that runs on this directory for a snapshot; empty when none runs.
  static Optional<Path> snapshotOf(Path dataDirectory) throws IOException {
    var file = path(dataDirectory);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      try {
        channel.connect(UnixDomainSocketAddress.of(file));
      } catch (IOException nobody) {
        return Optional.empty(); // left by one that was killed
      }
      write(channel, SNAPSHOT);
      var answer = line(channel);
      if (answer.startsWith("OK ")) {
        return Optional.of(Path.of(answer.substring(3)));
      }
      throw new IOException("The running Millrace could not make a snapshot: " + answer);
    }
  }

  private static Path path(Path dataDirectory) {
    return dataDirectory.toAbsolutePath().normalize().resolve("control.sock");
  }

  private void serve() {
    while (!isClosed) {
      try (var channel = server.accept()) {
        write(channel, answer(line(channel)));
      } catch (IOException e) {
        if (!isClosed) {
          log.warn("A command on {} was not answered: {}", file, e.getMessage());
        }
      }
    }
  }

  private String answer(String asked) {
    if (!asked.equals(SNAPSHOT)) {
      return "ERROR unknown command";
    }
    try {
      return "OK " + snapshots.make();
    } catch (IOException | RuntimeException e) {
      log.warn("No snapshot could be made", e);
      return "ERROR " + e.getMessage();
    }
  }

  private static void write(SocketChannel channel, String line) throws IOException {
    Channels.newOutputStream(channel).write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static String line(SocketChannel channel) throws IOException {
    var reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8), 1_024);
    var line = reader.readLine();
    return line == null ? "" : line;
  }

  @Override
  public void close() {
    isClosed = true;
    try {
      server.close();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close " + file, e);
    }
  }
}
