package io.millrace.engine.scripts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.io.IOAccess;
import org.jspecify.annotations.Nullable;

/// The full JavaScript engine, started when the first script needs it (about a second, once).
///
/// A script has contexts of its own, so that no script sees what another left behind. The most
/// recently used ones are kept. Nothing of Java, of files or of threads can be reached from inside.
final class GraalEngine implements AutoCloseable {
  private static final int STRING_CHARS_MAX = 8_000_000;

  private final World world;
  private final GraalWatch watch;
  private final Engine engine;
  private final LinkedHashMap<GraalScript, GraalSession> idle = new LinkedHashMap<>();
  private boolean isClosed;

  GraalEngine(World world) {
    this.world = world;
    this.watch = new GraalWatch(world.config());
    this.engine =
        Engine.newBuilder("js")
            .allowExperimentalOptions(true)
            .option("engine.WarnInterpreterOnly", "false")
            .build();
  }

  World world() {
    return world;
  }

  GraalWatch watch() {
    return watch;
  }

  Context context() {
    return Context.newBuilder("js")
        .engine(engine)
        .allowExperimentalOptions(true)
        .allowHostAccess(HostAccess.NONE)
        .allowHostClassLookup(_ -> false)
        .allowPolyglotAccess(PolyglotAccess.NONE)
        .allowEnvironmentAccess(EnvironmentAccess.NONE)
        .allowIO(IOAccess.NONE)
        .allowCreateThread(false)
        .allowCreateProcess(false)
        .allowNativeAccess(false)
        .timeZone(world.zone())
        .option("js.disable-eval", "true")
        .option("js.load", "false")
        .option("js.print", "false")
        .option("js.console", "false")
        .option("js.graal-builtin", "false")
        .option("js.polyglot-builtin", "false")
        .option("js.java-package-globals", "false")
        .option("js.webassembly", "false")
        .option("js.max-typed-array-length", Integer.toString(STRING_CHARS_MAX))
        .option("js.string-length-limit", Integer.toString(STRING_CHARS_MAX))
        .build();
  }

  /// The script's idle session, if one is kept; it must come back through [#give].
  synchronized @Nullable GraalSession take(GraalScript script) {
    return idle.remove(script);
  }

  void give(GraalScript script, GraalSession session) {
    var surplus = new ArrayList<GraalSession>();
    synchronized (this) {
      var other = isClosed ? session : idle.putIfAbsent(script, session);
      if (other != null) {
        surplus.add(session);
      } else if (idle.size() > world.config().fallbackContexts()) {
        surplus.add(idle.pollFirstEntry().getValue());
      }
    }
    surplus.forEach(GraalSession::close);
  }

  @Override
  public void close() {
    List<GraalSession> all;
    synchronized (this) {
      isClosed = true;
      all = List.copyOf(idle.values());
      idle.clear();
    }
    all.forEach(GraalSession::close);
    watch.close();
    engine.close(true);
  }
}
