/// The words that every floor shares: entity ids, points of telemetry, attributes.
///
/// Not here: rows of entities (`store/entities`), messages (`engine/rules`). Start with [EntityId].
/// Values only; any thread.
@NullMarked
package io.millrace.base.model;

import org.jspecify.annotations.NullMarked;
