package io.millrace.engine.security;

import io.millrace.store.realtime.Query;
import io.millrace.store.realtime.QueryIndex;
import java.util.Optional;

/// What `query` says in a rule.
record QueryFacts(Query query) {
  static final QueryFacts NONE = new QueryFacts(Query.ALL);

  RuleValue property(String name) {
    return switch (name) {
      case "orderByChild" ->
          query.index() instanceof QueryIndex.ByChild(var path)
              ? RuleValue.of(path.toString().substring(1))
              : RuleValue.Nothing.NULL;
      case "orderByKey" -> // a read without a query counts as ordered by key
          RuleValue.of(query.index() instanceof QueryIndex.ByKey || isDefault());
      case "orderByValue" -> RuleValue.of(query.index() instanceof QueryIndex.ByValue);
      case "orderByPriority" ->
          RuleValue.of(query.index() instanceof QueryIndex.ByPriority && !isDefault());
      case "startAt" -> bound(query.start());
      case "endAt" -> bound(query.end());
      case "equalTo" -> equalTo();
      case "limitToFirst" -> limit(!query.fromEnd());
      case "limitToLast" -> limit(query.fromEnd());
      default -> throw new IllegalArgumentException("The type check lets no " + name + " pass");
    };
  }

  private boolean isDefault() {
    return query.isAll() && query.index() instanceof QueryIndex.ByPriority;
  }

  private RuleValue equalTo() {
    boolean isEqual =
        query.start().isPresent()
            && query.end().isPresent()
            && query.start().get().value().equals(query.end().get().value());
    return isEqual ? bound(query.start()) : RuleValue.Nothing.NULL;
  }

  private RuleValue limit(boolean isThisSide) {
    return isThisSide && query.limit() > 0 ? RuleValue.of(query.limit()) : RuleValue.Nothing.NULL;
  }

  private static RuleValue bound(Optional<Query.Bound> bound) {
    return bound.map(b -> RuleValue.of(b.value())).orElse(RuleValue.Nothing.NULL);
  }
}
