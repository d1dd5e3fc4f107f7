package io.millrace.engine.rules.nodes;

/// For nodes without any.
record NoSettings() {}
