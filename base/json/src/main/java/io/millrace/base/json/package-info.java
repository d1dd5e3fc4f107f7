/// JSON as the whole house sees it: an immutable tree of [JsonValue], its parser and its writer.
///
/// Not here: what a document means. Start with [Json]. Any thread; nothing here has state.
@NullMarked
package io.millrace.base.json;

import org.jspecify.annotations.NullMarked;
