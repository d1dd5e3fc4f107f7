/// Security rules of the realtime databases: the language, its checks, and who may read and write.
///
/// Not here: tokens (`wire/realtime`) and the trees (`store/realtime`). Start with [SecurityRules],
/// then [ExpressionParser], [TypeCheck] and [Evaluator]. No threads, no state: any thread asks.
@NullMarked
package io.millrace.engine.security;

import org.jspecify.annotations.NullMarked;
