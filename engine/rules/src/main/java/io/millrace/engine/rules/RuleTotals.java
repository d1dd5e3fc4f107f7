package io.millrace.engine.rules;

/// What the nodes of all chains have done, each since its chain was last changed.
///
/// @param received messages into nodes
/// @param failed how many of them failed; `lost` without a `Failure` connection to go on by
public record RuleTotals(long chains, long received, long failed, long lost) {}
