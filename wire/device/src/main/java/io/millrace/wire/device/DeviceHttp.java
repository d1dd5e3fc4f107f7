package io.millrace.wire.device;

import io.millrace.engine.pipeline.Ingest;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.entities.EntityStore;
import io.millrace.wire.http.BlockingHandlers;
import io.vertx.ext.web.Router;

/// `/api/v1/{token}/…`: the device API over HTTP.
public final class DeviceHttp {
  public DeviceHttp(
      Config config,
      EntityStore entities,
      AttributeStore attributes,
      Ingest ingest,
      BlockingHandlers blocking) {}

  public void mount(Router router) {
    throw new IllegalStateException("wire/device is being built");
  }
}
