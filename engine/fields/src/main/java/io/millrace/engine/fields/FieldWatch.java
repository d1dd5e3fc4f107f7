package io.millrace.engine.fields;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.model.EntityId;
import io.millrace.engine.rules.MessageType;
import io.millrace.engine.rules.NodeServices;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.ValueChange;
import io.millrace.engine.rules.ValueContext;
import io.millrace.engine.rules.ValueWatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Computes fields whenever a value that they read was saved.
///
/// Fields of the entity whose value it is are computed at once, in the same commit; fields of other
/// entities after it is durable, in their own partitions. What a field causes carries the field's
/// id, and no field is computed because of itself.
public final class FieldWatch implements ValueWatch {
  private static final Logger log = LoggerFactory.getLogger(FieldWatch.class);
  private final FieldIndex index;
  private final NodeServices services;

  /// @param services where values are read and written
  public FieldWatch(FieldIndex index, NodeServices services) {
    this.index = index;
    this.services = services;
  }

  @Override
  public boolean enters(RuleMessage message, ValueContext context) {
    if (FieldWork.is(message)) {
      work(message, context);
      return true;
    }
    var fields = index.of(context.tenantId());
    if (!fields.isEmpty()) {
      switch (MessageType.of(message.type())) {
        case ENTITY_CREATED -> ofEntity(message.originator(), fields, message, context, false);
        case RELATION_ADD_OR_UPDATE, RELATION_DELETED ->
            ofEntity(message.originator(), fields, message, context, true);
        case null, default -> {}
      }
    }
    return false;
  }

  @Override
  public void saved(RuleMessage cause, ValueChange change, ValueContext context) {
    var fields = index.of(context.tenantId());
    if (fields.isEmpty()) {
      return;
    }
    var news = Novelty.of(change, services, context);
    if (news.isEmpty()) {
      return;
    }
    for (var field : own(fields, change.entity())) {
      if (isTouched(field, change, news.get())) {
        compute(field, change.entity(), cause, change, context);
      }
    }
    tellOthers(fields, cause, news.get(), context);
  }

  /// Rolling arguments and windows take late points too; others only the newest.
  private static boolean isTouched(Field field, ValueChange change, ValueChange news) {
    boolean takesLate =
        field.formula() instanceof WindowAggregation
            || field.formula().arguments().values().stream()
                .anyMatch(each -> each.kind() == Argument.Kind.TS_ROLLING && each.isOf(change));
    return TenantFields.reads(field, takesLate ? change : news, new Source.Own())
        || TenantFields.reads(field, news, new Source.Given(change.entity()));
  }

  private List<Field> own(TenantFields fields, EntityId entity) {
    var own = fields.of(entity);
    var profile = index.profileOf(entity);
    if (profile == null) {
      return own;
    }
    var all = new ArrayList<>(own);
    all.addAll(fields.of(profile));
    return all;
  }

  private void tellOthers(
      TenantFields fields, RuleMessage cause, ValueChange change, ValueContext context) {
    for (var field : fields.referring(change)) {
      index.entitiesOf(field.owner()).stream()
          .filter(entity -> !entity.equals(change.entity()))
          .forEach(entity -> send(field, entity, cause, change, context));
    }
    for (var field : fields.readingHolder(change)) {
      index.entitiesOf(field.owner()).stream()
          .filter(entity -> holder(field, entity, cause, context).equals(change.entity()))
          .forEach(entity -> send(field, entity, cause, change, context));
    }
    for (var field : fields.aggregating(change)) {
      for (var parent : parents(field, cause, change, context)) {
        send(field, parent, cause, change, context);
      }
    }
  }

  private EntityId holder(Field field, EntityId entity, RuleMessage cause, ValueContext context) {
    return evaluation(field, entity, cause, null, context).owner(entity);
  }

  /// Entities that have the aggregation and that the changed one is related to.
  private List<EntityId> parents(
      Field field, RuleMessage cause, ValueChange change, ValueContext context) {
    if (!(field.formula() instanceof RelatedAggregation aggregation)) {
      return List.of();
    }
    var back = new Source.Level(!aggregation.relation().isFrom(), aggregation.relation().type());
    return evaluation(field, change.entity(), cause, null, context)
        .related(change.entity(), back)
        .stream()
        .filter(parent -> index.isOf(field, parent))
        .toList();
  }

  private static void send(
      Field field, EntityId entity, RuleMessage cause, ValueChange change, ValueContext context) {
    if (FieldWork.isOn(cause, field)) {
      return;
    }
    var path = cause.metadata().text(FieldWork.PATH, "");
    context.sendLater(
        FieldWork.compute(
            context.newId(),
            context.now(),
            entity,
            field.id(),
            path.isEmpty() ? JsonObject.EMPTY : JsonObject.of(FieldWork.PATH, new JsonString(path)),
            change.isSaved() ? null : change));
  }

  /// Computes fields that depend on what the entity is or is related to.
  private void ofEntity(
      EntityId entity,
      TenantFields fields,
      RuleMessage cause,
      ValueContext context,
      boolean onlyRelated) {
    for (var field : own(fields, entity)) {
      boolean isRelated =
          field.formula() instanceof RelatedAggregation || field.formula() instanceof Propagation;
      if (isRelated || !onlyRelated) {
        compute(field, entity, cause, null, context);
      }
    }
  }

  private void work(RuleMessage message, ValueContext context) {
    var what = FieldWork.what(message);
    if (what == FieldWork.What.DONE) {
      return;
    }
    var field = index.of(context.tenantId()).find(FieldWork.field(message));
    if (field == null) {
      return; // deleted meanwhile
    }
    var entity = message.originator();
    if (what == FieldWork.What.WRITE) {
      var evaluation = evaluation(field, entity, message, null, context);
      new ResultWriter(this, services).write(evaluation, FieldWork.result(message));
    } else if (index.isOf(field, entity)) {
      compute(field, entity, message, FieldWork.told(message).orElse(null), context);
    }
  }

  private void compute(
      Field field,
      EntityId entity,
      RuleMessage cause,
      @Nullable ValueChange change,
      ValueContext context) {
    if (FieldWork.isOn(cause, field)) {
      return; // it would compute itself
    }
    var evaluation = evaluation(field, entity, cause, change, context);
    try {
      if (change != null && !change.isSaved() && change.entity().equals(entity)) {
        evaluation.remember(change);
      }
      var results = field.formula().compute(evaluation);
      var writer = new ResultWriter(this, services);
      results.forEach(result -> writer.write(evaluation, result));
      evaluation.note(results, "");
      field.debug().failed(false);
    } catch (NotReadyException e) {
      evaluation.note(List.of(), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      if (field.debug().failed(true)) {
        log.warn(
            "Calculated field {} fails, first at {}; its debug events say when and why",
            field.id(),
            entity,
            e);
      }
      evaluation.note(List.of(), e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private Evaluation evaluation(
      Field field,
      EntityId entity,
      RuleMessage cause,
      @Nullable ValueChange change,
      ValueContext context) {
    return new Evaluation(field, entity, cause, change, context, services, index.config());
  }
}
