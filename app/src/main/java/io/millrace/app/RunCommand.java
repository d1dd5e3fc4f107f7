package io.millrace.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/// `millrace run`: a real installation, closed until somebody opens it.
@Command(name = "run", description = "Starts Millrace and keeps it running.")
final class RunCommand implements Callable<Integer> {
  @Option(names = "--config", description = "Settings file; ./millrace.conf when there is one.")
  private @Nullable Path file;

  @Unmatched private List<String> flags = new ArrayList<>();

  @Override
  public Integer call() {
    var config = MillraceConfig.read(Map.of(), "run", file, flags);
    try (var millrace = Millrace.start(config, false)) {
      var password = millrace.firstAdministrator();
      Banner.print(millrace);
      password.ifPresent(Banner::printFirstLogin);
      Foreground.stay(millrace);
    }
    return 0;
  }
}
