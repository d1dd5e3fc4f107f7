package io.millrace.app;

import io.millrace.base.runtime.Threads;
import io.millrace.wire.mosquitto.FileFault;
import io.millrace.wire.mosquitto.MosquittoConf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a mosquitto.conf asks of the process itself: log, warnings, pid file.
final class MosquittoFile {
  private static final Logger log = LoggerFactory.getLogger(MosquittoFile.class);

  private MosquittoFile() {}

  static void apply(MosquittoConf conf) {
    if (conf.log().isSet()) {
      LogDestinations.apply(conf.log());
    }
    conf.warnings().forEach(log::warn);
    conf.pidFile().ifPresent(MosquittoFile::writePid);
  }

  private static void writePid(Path file) {
    try {
      Files.writeString(file, ProcessHandle.current().pid() + "\n");
    } catch (IOException e) {
      throw new FileFault(
          "pid_file %s cannot be written (%s); its directory must exist and be writable"
              .formatted(file, e.getClass().getSimpleName()));
    }
    Runtime.getRuntime().addShutdownHook(Threads.platform("pid-file", () -> remove(file)));
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.warn("The pid file {} could not be removed: {}", file, e.getMessage());
    }
  }
}
