package io.millrace.engine.rules;

/// A message leaving a node by the connections of one label.
public record Emission(String connection, RuleMessage message) {}
