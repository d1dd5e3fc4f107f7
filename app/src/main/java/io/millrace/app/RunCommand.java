package io.millrace.app;

import io.millrace.wire.mosquitto.MosquittoConf;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  @Option(
      names = "--mosquitto-conf",
      paramLabel = "FILE",
      description = "MQTT as this mosquitto.conf has it; docs/compat/mosquitto-conf.md.")
  private @Nullable Path mosquittoConf;

  @Unmatched private List<String> flags = new ArrayList<>();

  @Override
  public Integer call() {
    var conf = Optional.ofNullable(mosquittoConf).map(MosquittoConf::read);
    var own = conf.map(MosquittoConf::settings).orElse(Map.of());
    var config = MillraceConfig.read(own, "run", file, flags);
    conf.ifPresent(MosquittoFile::apply);
    try (var millrace = Millrace.start(config, false, conf)) {
      var password = millrace.firstAdministrator();
      Banner.print(millrace);
      password.ifPresent(
          first ->
              Banner.printFirstLogin(first, millrace.urls().http(), millrace.setUpToken(first)));
      Foreground.stay(millrace);
    }
    return 0;
  }
}
