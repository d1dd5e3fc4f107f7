package io.millrace.app;

import io.millrace.base.config.SettingsException;
import io.millrace.store.commit.StoreDamagedException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/// The command line: `millrace COMMAND`.
@Command(
    name = "millrace",
    description = "MQTT broker, device platform, rule chains and realtime database in one process.",
    subcommands = {
      RunCommand.class,
      DemoCommand.class,
      PubCommand.class,
      SubCommand.class,
      RehearseCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "The launcher itself answers: build (build now), test (run every test), version.",
      "Settings go behind run and demo as --name=value; docs/config.md lists them."
    })
public final class Main implements Callable<Integer> {
  private final CommandLine.Model.CommandSpec spec;

  private Main() {
    spec = CommandLine.Model.CommandSpec.create();
  }

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
    spec.commandLine().usage(System.out);
    return 0;
  }

  private static int explain(
      Exception fault, CommandLine line, CommandLine.ParseResult arguments) throws Exception {
    if (fault instanceof SettingsException || fault instanceof StoreDamagedException) {
      line.getErr().println(fault.getMessage());
      return 2;
    }
    throw fault;
  }
}
