package io.millrace.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.millrace.wire.user.LogLine;
import java.util.ArrayDeque;
import java.util.List;

/// Keeps the newest lines of the log for the page that shows them. Any thread.
final class KeptLog extends AppenderBase<ILoggingEvent> {
  private static final int LINES_MAX = 1_000;
  private static final int TEXT_MAX = 4_000;

  /// The one that every configuration of the log attaches: the log is the process's, not a part's.
  static final KeptLog INSTANCE = new KeptLog();

  private final ArrayDeque<LogLine> lines = new ArrayDeque<>(); // guarded by itself

  @Override
  protected void append(ILoggingEvent event) {
    var name = event.getLoggerName();
    var trouble = event.getThrowableProxy();
    var line =
        new LogLine(
            event.getTimeStamp(),
            event.getLevel().toString(),
            name.substring(name.lastIndexOf('.') + 1),
            cut(event.getFormattedMessage()),
            trouble == null ? "" : cut(ThrowableProxyUtil.asString(trouble)));
    synchronized (lines) {
      if (lines.size() == LINES_MAX) {
        lines.removeFirst();
      }
      lines.addLast(line);
    }
  }

  List<LogLine> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  private static String cut(String text) {
    return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "…";
  }
}
