/// Alarm conditions in ThingsBoard's JSON: what they say, and whether they hold.
///
/// Not here: where values come from ([Facts] is asked), what an alarm is (`engine/alarms`), and the
/// nodes that evaluate (`nodes`). Start with [AlarmDefinition], then [AlarmRule]. Immutable but for
/// [Progress], which one partition thread owns.
@NullMarked
package io.millrace.engine.rules.conditions;

import org.jspecify.annotations.NullMarked;
