package io.millrace.app;

import io.millrace.base.config.SettingsException;
import io.millrace.store.commit.StoreDamagedException;
import io.millrace.wire.http.PortTakenException;
import io.millrace.wire.mqtt.ListenException;
import io.millrace.wire.mqtt.MqttClientException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;

/// The command line: `millrace COMMAND`.
@Command(
    name = "millrace",
    description = "MQTT broker, device platform, rule chains and realtime database in one process.",
    subcommands = {
      RunCommand.class,
      DemoCommand.class,
      PubCommand.class,
      SubCommand.class,
      PasswdCommand.class,
      ImportCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      VerifyCommand.class,
      InspectCommand.class,
      UpgradeCommand.class,
      ExportCommand.class,
      ImportTelemetryCommand.class,
      TestChainCommand.class,
      VersionCommand.class,
      RehearseCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "The launcher itself answers: build, test (run every test), bench (measure).",
      "Settings go behind run and demo as --name=value; docs/config.md lists them."
    })
public final class Main implements Callable<Integer> {
  @Option(names = "--help", usageHelp = true, description = "Shows this help.")
  @SuppressWarnings("UnusedVariable") // picocli looks at it
  private boolean help;

  private Main() {}

  static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    var line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(Main::explain);
    return line;
  }

  @Override
  public Integer call() {
    commandLine().usage(System.out);
    return 0;
  }

  private static int explain(Exception fault, CommandLine line, CommandLine.ParseResult arguments)
      throws Exception {
    if (fault instanceof SettingsException
        || fault instanceof StoreDamagedException
        || fault instanceof PortTakenException
        || fault instanceof ListenException
        || fault instanceof MqttClientException
        || fault instanceof IllegalArgumentException
        || fault instanceof IOException) {
      line.getErr().println(fault.getMessage());
      return 2;
    }
    throw fault;
  }
}
