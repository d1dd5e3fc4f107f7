package io.millrace.engine.scripts;

import io.millrace.engine.scripts.ScriptException.Kind;
import java.util.List;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/// One context with one script in it. One thread at a time.
final class GraalSession implements AutoCloseable {
  /// Lines in front of the script's first one.
  private static final int LINES_BEFORE = 1;

  /// Makes time and chance those of the run, and JSON text the only way in and out.
  private static final String HARNESS =
      """
      (function (body) {
        'use strict';
        const parse = JSON.parse, stringify = JSON.stringify, apply = Reflect.apply;
        const construct = Reflect.construct, RealDate = Date, imul = Math.imul;
        let now = 0, state = 0;
        for (const name of ['Java', 'Packages', 'Polyglot', 'Graal', 'SharedArrayBuffer', 'Atomics']) {
          delete globalThis[name];
        }
        function SeenDate(...given) {
          return new.target
            ? construct(RealDate, given.length ? given : [now], new.target)
            : new RealDate(now).toString();
        }
        SeenDate.prototype = RealDate.prototype;
        SeenDate.prototype.constructor = SeenDate;
        SeenDate.now = () => now;
        SeenDate.parse = RealDate.parse;
        SeenDate.UTC = RealDate.UTC;
        Object.defineProperty(SeenDate, 'name', { value: 'Date' });
        globalThis.Date = SeenDate;
        Math.random = () => {
          state = (state + 0x6D2B79F5) | 0;
          let mixed = imul(state ^ (state >>> 15), state | 1);
          mixed ^= mixed + imul(mixed ^ (mixed >>> 7), mixed | 61);
          return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
        };
        // nothing stays behind: what is built in cannot be changed, but members that objects of
        // a script often have themselves must stay writable where they are inherited
        const ownKeys = Reflect.ownKeys, known = Object.create(null);
        for (const name of ownKeys(globalThis)) {
          const value = globalThis[name];
          known[name] = true;
          if (value === globalThis || (typeof value !== 'function' && typeof value !== 'object')) {
            continue;
          }
          const inherited = value && value.prototype;
          if (inherited) {
            const isOverridden = inherited === Object.prototype || inherited instanceof Error
              || inherited === Error.prototype;
            (isOverridden ? Object.preventExtensions : Object.freeze)(inherited);
          }
          if (value) {
            Object.freeze(value);
          }
        }
        const count = ownKeys(globalThis).length;
        return function (text, time, seed) {
          now = time;
          state = seed;
          try {
            const result = stringify(apply(body, undefined, parse(text)));
            return result === undefined ? 'null' : result;
          } finally {
            if (ownKeys(globalThis).length !== count) {
              for (const name of ownKeys(globalThis)) {
                known[name] || delete globalThis[name];
              }
            }
          }
        };
      })
      """;

  private final Context context;
  private final Value entry;

  private GraalSession(Context context, Value entry) {
    this.context = context;
    this.entry = entry;
  }

  /// @throws ScriptSyntaxException when the engine does not understand the script either
  static GraalSession open(GraalEngine engine, String body, List<String> parameters) {
    var context = engine.context();
    var wrapped = "(function (" + String.join(", ", parameters) + ") {\n" + body + "\n})";
    try {
      var harness = context.eval(Source.create("js", HARNESS));
      return new GraalSession(context, harness.execute(context.eval(Source.create("js", wrapped))));
    } catch (PolyglotException e) {
      context.close(true);
      var place = e.getSourceLocation();
      int line = place == null ? 1 : Math.max(1, place.getStartLine() - LINES_BEFORE);
      int column = place == null ? 1 : place.getStartColumn();
      throw new ScriptSyntaxException(firstLine(e), firstLine(e), line, column);
    }
  }

  private static String firstLine(PolyglotException e) {
    var message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    var line = end < 0 ? message : message.substring(0, end);
    return line.replaceFirst("Unnamed:\\d+:\\d+:? ?", "");
  }

  /// Runs the script on a JSON array of its arguments; the result is JSON text.
  ///
  /// After a failure by a limit the session is of no use any more.
  String run(GraalEngine engine, String arguments) {
    var world = engine.world();
    var watched = engine.watch().start(context);
    try {
      return entry
          .execute(arguments, (double) world.clock().millis(), world.random().nextInt())
          .asString();
    } catch (PolyglotException e) {
      throw failure(e, watched.stopped());
    } catch (OutOfMemoryError | IllegalStateException e) { // closed under its feet
      throw failure(watched.stopped());
    } finally {
      engine.watch().end(watched);
    }
  }

  private static ScriptException failure(@Nullable Kind stopped) {
    return stopped == Kind.TIME
        ? new ScriptException(Kind.TIME, "The script ran too long", 0, 0)
        : new ScriptException(Kind.MEMORY, "The script used too much memory", 0, 0);
  }

  private static ScriptException failure(PolyglotException e, @Nullable Kind stopped) {
    if (stopped != null || e.isCancelled() || e.isResourceExhausted()) {
      return failure(stopped);
    }
    var message = firstLine(e);
    boolean isDeep = message.contains("Maximum call stack size");
    var place = e.getSourceLocation();
    return new ScriptException(
        isDeep ? Kind.DEPTH : Kind.ERROR,
        message,
        place == null ? 0 : Math.max(1, place.getStartLine() - LINES_BEFORE),
        place == null ? 0 : place.getStartColumn());
  }

  @Override
  public void close() {
    context.close(true);
  }
}
