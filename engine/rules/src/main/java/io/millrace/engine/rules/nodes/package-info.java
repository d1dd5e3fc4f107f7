/// The rule nodes, one file each: settings, texts, connections and code.
///
/// Not here: how a chain is read and run (the room above). Start with [StandardNodes], then any
/// node. Nodes run on partition threads and keep nothing of their own.
@NullMarked
package io.millrace.engine.rules.nodes;

import org.jspecify.annotations.NullMarked;
