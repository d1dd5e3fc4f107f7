/// Rule chains: ThingsBoard's JSON in and out, compiled to a graph, run message by message.
///
/// Not here: the nodes themselves (`nodes`), queues and the outbox (`engine/pipeline`), what an
/// alarm is (`engine/alarms`). Start with [RuleEngine], then [RuleChainRunner] and [RuleNode].
/// Messages run on partition threads; chains are compiled and figures read on any thread.
@NullMarked
package io.millrace.engine.rules;

import org.jspecify.annotations.NullMarked;
