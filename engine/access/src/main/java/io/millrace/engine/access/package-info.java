/// Who may do what: passwords, tokens, the caller of a request, permission checks.
///
/// Not here: rows of users (`store/entities`), device credentials, HTTP. Start with [Access].
/// Calls may block for a password hash or a row; any thread that may block.
@NullMarked
package io.millrace.engine.access;

import org.jspecify.annotations.NullMarked;
