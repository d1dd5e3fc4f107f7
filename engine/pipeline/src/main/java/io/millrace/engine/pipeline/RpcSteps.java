package io.millrace.engine.pipeline;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Ids;
import io.millrace.engine.rpc.DeviceWrites;
import io.millrace.engine.rpc.Rpc;
import io.millrace.engine.rpc.RpcListener;
import io.millrace.engine.rpc.Rpcs;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.store.commit.Commit;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Joins commands to the pipeline: rule chains send them, their steps are noted in the device's
/// partition, and the chains hear of each step.
public final class RpcSteps implements DeviceWrites, RpcListener {
  private final Ingest ingest;
  private final Clock clock;
  private final Ids ids;

  private RpcSteps(Ingest ingest, Clock clock, Ids ids) {
    this.ingest = ingest;
    this.clock = clock;
    this.ids = ids;
  }

  /// Before the pipeline starts.
  public static void join(Rpcs rpcs, Pipeline pipeline, Clock clock, Ids ids) {
    var steps = new RpcSteps(pipeline.ingest(), clock, ids);
    pipeline.deliveries(OutsideCall.RPC, new RpcDelivery(rpcs));
    rpcs.start(steps);
    rpcs.onChange(steps);
  }

  @Override
  public <T> CompletableFuture<T> on(EntityId device, Function<Commit, T> work) {
    return ingest.execute(device, batch -> work.apply(batch.commit()));
  }

  /// ThingsBoard: RPC_QUEUED and so on, with the command as body.
  @Override
  public void changed(Rpc rpc) {
    var request = rpc.request();
    ingest.message(
        request.tenantId(),
        new RuleMessage(
            ids.next(),
            clock.millis(),
            "RPC_" + rpc.status(),
            request.deviceId(),
            JsonObject.EMPTY,
            rpc.toJson()),
        Ack.NONE);
  }
}
