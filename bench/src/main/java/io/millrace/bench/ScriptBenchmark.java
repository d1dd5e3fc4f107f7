package io.millrace.bench;

import io.millrace.base.config.Settings;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.runtime.Clock;
import io.millrace.engine.scripts.CompiledScript;
import io.millrace.engine.scripts.Config;
import io.millrace.engine.scripts.ScriptLanguage;
import io.millrace.engine.scripts.Scripts;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What one run of a rule node's script costs, message in as a tree and result out as one.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class ScriptBenchmark {
  private static final List<String> PARAMETERS = List.of("msg", "metadata", "msgType");
  private static final int MANY = 400;

  @Param({"JS", "TBEL"})
  public String language = "JS";

  private final Scripts scripts =
      new Scripts(Settings.defaults(Config.class), Clock.SYSTEM, new Random(1));
  private final JsonValue msg =
      Json.parse("{\"temperature\":24.5,\"humidity\":61,\"active\":true}");
  private final JsonObject metadata =
      JsonObject.builder()
          .put("deviceName", "DHT11")
          .put("deviceType", "sensor")
          .put("ts", "1763800000000")
          .put("prevAlarmDetails", "{\"count\":3,\"first\":21.5}")
          .build();
  private CompiledScript filter = compile("return msg.temperature > 20;");
  private CompiledScript transform = filter;
  private CompiledScript choice = filter;
  private CompiledScript details = filter;
  private CompiledScript[] many = {};
  private CompiledScript fullFilter = filter;
  private CompiledScript[] manyFull = {};
  private int turn;

  @Setup
  public void compileAll() {
    boolean isTbel = language.equals("TBEL");
    filter = compile("return msg.temperature > 20;");
    transform =
        compile(
            "msg.fahrenheit = msg.temperature * 1.8 + 32; metadata.unit = 'F';"
                + "return {msg: msg, metadata: metadata, msgType: msgType};");
    choice =
        compile(
            "function nextRelation(metadata, msg) { return ['one', 'nine']; }"
                + "if (msgType == 'POST_ATTRIBUTES_REQUEST') { return ['two']; }"
                + "return nextRelation(metadata, msg);");
    details =
        compile(
            "var details = {}; if (metadata.prevAlarmDetails"
                + (isTbel ? " != null" : "")
                + ") { details = JSON.parse(metadata.prevAlarmDetails); }"
                + "details.count = details.count + 1; return details;");
    many = new CompiledScript[MANY];
    manyFull = new CompiledScript[MANY];
    fullFilter = inTheFullEngine(20);
    for (int i = 0; i < MANY; i++) {
      many[i] = compile("return msg.temperature > " + i + " && msg.humidity < " + (i + 50) + ";");
      manyFull[i] = inTheFullEngine(i);
    }
  }

  @Benchmark
  public boolean filterInTheFullEngine() {
    return fullFilter.test(msg, metadata, "POST_TELEMETRY_REQUEST");
  }

  @Benchmark
  public boolean manyInTheFullEngineTakingTurns() {
    turn = (turn + 1) % MANY;
    return manyFull[turn].test(msg, metadata, "POST_TELEMETRY_REQUEST");
  }

  private CompiledScript compile(String body) {
    return scripts.compile(ScriptLanguage.valueOf(language), body, PARAMETERS);
  }

  /// TBEL has no other engine: then it is our own.
  private CompiledScript inTheFullEngine(int limit) {
    var body = "return msg.temperature > " + limit + ";";
    return compile(language.equals("JS") ? "class Unused {} " + body : body);
  }

  @TearDown
  public void close() {
    scripts.close();
  }

  @Benchmark
  public boolean filter() {
    return filter.test(msg, metadata, "POST_TELEMETRY_REQUEST");
  }

  @Benchmark
  public boolean filterOfManyTakingTurns() {
    turn = (turn + 1) % MANY;
    return many[turn].test(msg, metadata, "POST_TELEMETRY_REQUEST");
  }

  @Benchmark
  public JsonValue transform() {
    return transform.run(msg, metadata, "POST_TELEMETRY_REQUEST");
  }

  @Benchmark
  public JsonValue choice() {
    return choice.run(msg, metadata, "POST_TELEMETRY_REQUEST");
  }

  @Benchmark
  public JsonValue alarmDetails() {
    return details.run(msg, metadata, "POST_TELEMETRY_REQUEST");
  }

  @Benchmark
  public CompiledScript compileFilter() {
    return compile("return msg.temperature > 20;");
  }
}
