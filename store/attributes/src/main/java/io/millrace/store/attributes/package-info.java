/// Attributes: the current value of a key of an entity in a scope, without history.
///
/// Not here: who may write which scope (`engine`, `wire/device`). Start with [AttributeStore]; the
/// bytes are drawn in `docs/formats/attributes.md`. One thread writes an entity (its partition's),
/// through its commit; any thread reads what is committed.
@NullMarked
package io.millrace.store.attributes;

import org.jspecify.annotations.NullMarked;
