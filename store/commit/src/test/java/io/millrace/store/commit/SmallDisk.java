package io.millrace.store.commit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A file system of a few megabytes in memory, for tests of a full disk. Needs Linux and root;
/// elsewhere the test is skipped and says so.
final class SmallDisk implements AutoCloseable {
  private final Path place;

  SmallDisk(Path place, int megabytes) throws IOException, InterruptedException {
    this.place = place;
    boolean mounted =
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", "" + place);
    Assumptions.assumeTrue(mounted, "a small disk can only be mounted by root on Linux");
  }

  /// Takes all free space.
  void fill() throws IOException {
    try (var out = Files.newOutputStream(place.resolve("ballast"))) {
      var block = new byte[64 << 10];
      for (int size = block.length; size > 0; ) {
        try {
          out.write(block, 0, size);
        } catch (IOException full) {
          size /= 2;
        }
      }
    }
  }

  /// Gives it back.
  void makeRoom() throws IOException {
    Files.delete(place.resolve("ballast"));
  }

  @Override
  public void close() throws IOException {
    try {
      run("umount", "-l", "" + place);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }
}
