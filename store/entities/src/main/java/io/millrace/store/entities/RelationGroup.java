package io.millrace.store.entities;

/// What a relation is for; the names are ThingsBoard's.
public enum RelationGroup {
  COMMON,
  DASHBOARD,
  RULE_CHAIN,
  RULE_NODE,
  EDGE,
  EDGE_AUTO_ASSIGN_RULE_CHAIN
}
