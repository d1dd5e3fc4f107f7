package io.millrace.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import io.millrace.wire.mosquitto.ConfLog;
import io.millrace.wire.mosquitto.FileFault;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/// Sends the log where a mosquitto.conf wants it.
final class LogDestinations {
  private static final String TIME = "%d{yyyy-MM-dd HH:mm:ss.SSS} ";
  private static final String LINE = "%-5level %logger{0}: %msg%n%rEx{20}";

  private LogDestinations() {}

  /// Replaces every destination of the log.
  ///
  /// @throws FileFault when a file cannot be written
  static void apply(ConfLog conf) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return;
    }
    conf.files().forEach(LogDestinations::check);
    var root = context.getLogger("ROOT");
    root.detachAndStopAllAppenders();
    LogConfiguration.keep(context, root);
    if (conf.standardError()) {
      console(context, root, "System.err", conf);
    }
    if (conf.standardOutput()) {
      console(context, root, "System.out", conf);
    }
    for (var file : conf.files()) {
      var appender = new FileAppender<ILoggingEvent>();
      appender.setFile(file.toString());
      start(appender, context, root, conf);
    }
    context.getLogger("io.millrace").setLevel(Level.toLevel(conf.level()));
  }

  private static void console(LoggerContext context, Logger root, String target, ConfLog conf) {
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setTarget(target);
    start(console, context, root, conf);
  }

  private static void start(
      OutputStreamAppender<ILoggingEvent> appender,
      LoggerContext context,
      Logger root,
      ConfLog conf) {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern((conf.timestamp() ? TIME : "") + LINE);
    encoder.start();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.start();
    root.addAppender(appender);
  }

  private static void check(Path file) {
    var directory = file.toAbsolutePath().getParent();
    boolean writable =
        Files.exists(file)
            ? Files.isWritable(file)
            : directory != null && Files.isWritable(directory);
    if (!writable) {
      throw new FileFault(
          "log_dest file %s cannot be written; its directory must exist and be writable by this user"
              .formatted(file));
    }
  }
}
