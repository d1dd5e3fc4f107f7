package io.millrace.wire.realtime;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.realtime.Branch;
import io.millrace.store.realtime.Database;
import io.millrace.store.realtime.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a crash kept from the platform: shared attributes that somebody wrote in a database, and
/// was told were written, before the platform had heard of it.
///
/// The database's history says who wrote a place last. Where that was not the mirror, and the
/// platform's attribute is older, what stands in the tree is the newer truth.
record MirrorRepair(EntityStore entities, AttributeStore attributes, SharedAttributes shared) {
  private static final Logger log = LoggerFactory.getLogger(MirrorRepair.class);

  /// Waits until the platform has what it missed.
  void repair(Database database, MirrorRule rule) {
    var last = LastWrites.of(database, rule.attributes());
    var keys =
        last.keysByOthers(rule.above()).orElseGet(() -> children(database.root().at(rule.above())));
    for (var key : keys) {
      var tenant = new EntityId(EntityType.TENANT, rule.tenant().orElseThrow());
      entities
          .devices()
          .findByName(tenant, MirrorRule.name(key))
          .filter(rule::isFor)
          .ifPresent(device -> repair(database, rule, last, device));
    }
  }

  private void repair(Database database, MirrorRule rule, LastWrites last, Device device) {
    var place = rule.shared(MirrorRule.key(device.name()));
    var known = known(device);
    var tree = database.root().at(place);
    Set<String> keys = children(tree);
    known.keySet().forEach(name -> keys.add(MirrorRule.key(name)));
    var saved = JsonObject.builder();
    var deleted = new ArrayList<String>();
    for (var key : keys) {
      var name = MirrorRule.name(key);
      var attribute = Optional.ofNullable(known.get(name));
      var inTree = tree.child(key);
      boolean isEqual =
          attribute
              .map(a -> Mirror.holds(database.root(), place.child(key), a.value()))
              .orElse(false);
      if (!isEqual
          && last.isByOthers(
              place.child(key), attribute.map(Attribute::lastUpdateTs).orElse(Long.MIN_VALUE))) {
        if (!inTree.isEmpty()) {
          saved.put(name, inTree.toJson());
        } else if (attribute.isPresent()) {
          deleted.add(name);
        }
      }
    }
    change(device, saved.build(), deleted);
  }

  private void change(Device device, JsonObject saved, ArrayList<String> deleted) {
    if (saved.isEmpty() && deleted.isEmpty()) {
      return;
    }
    log.info(
        "{} shared attributes of {} are taken from its realtime database, after a crash",
        saved.size() + deleted.size(),
        device.name());
    try {
      var _ = shared.change(device.id(), saved, deleted).join();
    } catch (CompletionException e) {
      log.warn("Shared attributes of {} could not be taken over", device.name(), e);
    }
  }

  private Map<String, Attribute> known(Device device) {
    Map<String, Attribute> known = new LinkedHashMap<>();
    attributes
        .read(device.id(), AttributeScope.SHARED_SCOPE)
        .forEach(attribute -> known.put(attribute.key(), attribute));
    return known;
  }

  private static Set<String> children(Node node) {
    Set<String> keys = new LinkedHashSet<>();
    if (node instanceof Branch branch) {
      branch.forEach(child -> keys.add(child.key()));
    }
    return keys;
  }
}
