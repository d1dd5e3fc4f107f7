package io.millrace.app;

import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The signal HUP: files are read again, as Mosquitto's users expect, instead of ending the
/// process.
final class HangUp {
  private static final Logger log = LoggerFactory.getLogger(HangUp.class);

  private HangUp() {}

  /// Runs `reload` at each signal. Java has no other door to signals than this unsupported one, so
  /// it is looked up by name and may be missing (Windows has no HUP).
  static void run(Runnable reload) {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      var proxy =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, _) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      log.info("HUP: files are read again");
                      reload.run();
                      yield null;
                    }
                    case "equals" -> false; // only itself, which the JVM never asks
                    case "hashCode" -> System.identityHashCode(self);
                    default -> "reload on HUP";
                  });
      var hangUp = signal.getConstructor(String.class).newInstance("HUP");
      signal.getMethod("handle", signal, handler).invoke(null, hangUp, proxy);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      log.debug("No signal HUP here; changed files are noticed within seconds anyway", e);
    }
  }
}
