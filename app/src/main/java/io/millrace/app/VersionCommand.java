package io.millrace.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `millrace version`.
@Command(name = "version", description = "Prints the version.")
final class VersionCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    System.out.println("Millrace " + Version.text() + " (Java " + Runtime.version() + ")");
    return 0;
  }
}
