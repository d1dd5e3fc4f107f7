package io.millrace.store.entities;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A PostgreSQL server of the machine's own package, in a directory of its own, on a free port.
///
/// PostgreSQL does not run as root: root's tests run it as the package's user `postgres`.
final class PostgresServer implements AutoCloseable {
  private final Path programs;
  private final Path data;
  private final int port;
  private int databases;

  private PostgresServer(Path programs, Path data, int port) {
    this.programs = programs;
    this.data = data;
    this.port = port;
  }

  /// A running server, or nothing when the machine has none or it does not start.
  static Optional<PostgresServer> start(Path directory) throws IOException, InterruptedException {
    var programs = programs();
    if (programs.isEmpty()) {
      return Optional.empty();
    }
    var server = new PostgresServer(programs.get(), directory.resolve("data"), freePort());
    if (isRoot()) {
      run(List.of("chown", "postgres", directory.toString()));
      run(List.of("chmod", "a+rx", directory.getParent().toString(), directory.toString()));
    }
    var options = "-F -c listen_addresses=127.0.0.1 -c unix_socket_directories= -p " + server.port;
    boolean started =
        server.program("initdb", "-A", "trust", "-U", "millrace", "-D", "" + server.data)
            && server.program("pg_ctl", "-w", "-D", "" + server.data, "-o", options, "start");
    return started ? Optional.of(server) : Optional.empty();
  }

  /// The address of a new, empty database.
  Config.Jdbc newDatabase() throws SQLException {
    var name = "test" + databases++;
    try (var connection = DriverManager.getConnection(url("postgres"), "millrace", "");
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return new Config.Jdbc(url(name), "millrace", "", 3);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    program("pg_ctl", "-m", "immediate", "-D", "" + data, "stop");
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  private boolean program(String name, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(programs.resolve(name).toString());
    command.addAll(Arrays.asList(arguments));
    return run(command);
  }

  private static boolean run(List<String> command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  private static Optional<Path> programs() throws IOException {
    var packages = Path.of("/usr/lib/postgresql"); // Debian's place
    if (!Files.isDirectory(packages)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(packages)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
