package io.millrace.testkit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/// Lets `await()` wait for a minute before a test run: a machine that builds other things too is no
/// failure.
///
/// JUnit finds it as a service in every room whose tests use the testkit.
public final class PatientWaits implements LauncherSessionListener {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    Awaitility.setDefaultTimeout(PATIENCE);
  }
}
