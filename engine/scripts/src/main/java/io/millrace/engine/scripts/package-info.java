/// Scripts of rule nodes, in JavaScript and TBEL: compiled to byte code, bounded, sandboxed.
///
/// Not here: which node runs which script, and what its result means. Start with [Scripts] and
/// [CompiledScript]. A script runs on the thread that calls it, a partition's as a rule.
@NullMarked
package io.millrace.engine.scripts;

import org.jspecify.annotations.NullMarked;
