/// Calculated fields: values of an entity that are computed whenever the values they come from
/// change, in the same commit where those are of the same entity.
///
/// Not here: their rows (`store/entities`), scripts (`engine/scripts`), who saves values
/// (`engine/rules`). Start with [FieldWatch]. Partition threads run it; [FieldIndex] takes any.
@NullMarked
package io.millrace.engine.fields;

import org.jspecify.annotations.NullMarked;
