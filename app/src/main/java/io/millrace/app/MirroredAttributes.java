package io.millrace.app;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.engine.pipeline.Ingest;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.wire.realtime.SharedAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a realtime database's users write at a device's shared attributes, saved in the device's
/// own partition, whence the device hears of it.
record MirroredAttributes(Ingest ingest, AttributeStore attributes) implements SharedAttributes {
  private static final Logger log = LoggerFactory.getLogger(MirroredAttributes.class);

  @Override
  public CompletableFuture<?> change(EntityId device, JsonObject saved, List<String> deleted) {
    return ingest
        .execute(
            device,
            batch -> {
              var list = new ArrayList<Attribute>();
              saved.forEach((key, value) -> list.add(new Attribute(key, value, batch.now())));
              attributes.save(batch.commit(), device, AttributeScope.SHARED_SCOPE, list);
              attributes.delete(batch.commit(), device, AttributeScope.SHARED_SCOPE, deleted);
              return true;
            })
        .whenComplete(
            (_, refused) -> {
              if (refused != null) {
                log.warn("Attributes from a realtime database wait for {}", device, refused);
              }
            });
  }
}
