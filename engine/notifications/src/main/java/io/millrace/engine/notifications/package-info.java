/// Telling people: rules that say of what, targets that say whom, templates that say how.
///
/// Not here: rows and inboxes (`store/entities`), mail and HTTP (`wire`). Start with
/// [NotificationWatch]. Partition threads match rules; virtual threads of the outbox find
/// recipients and write inboxes.
@NullMarked
package io.millrace.engine.notifications;

import org.jspecify.annotations.NullMarked;
