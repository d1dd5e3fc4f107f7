/// Mail by SMTP: what the outbox hands over as calls of the kind `mail`, to the
/// mail server of the settings or of the call. Knows nothing of nodes or notifications. Start
/// at [io.millrace.wire.mail.MailDelivery]; it runs on the outbox's virtual threads.
@NullMarked
package io.millrace.wire.mail;

import org.jspecify.annotations.NullMarked;
