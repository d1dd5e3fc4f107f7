package io.millrace.store.attributes;

import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import java.util.Collection;
import java.util.List;

/// Hears of changed attributes after their commit, on the thread that wrote them. Must not block.
public interface AttributeListener {
  void saved(EntityId entity, AttributeScope scope, List<Attribute> attributes);

  void deleted(EntityId entity, AttributeScope scope, Collection<String> keys);
}
