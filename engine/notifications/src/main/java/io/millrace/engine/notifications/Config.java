package io.millrace.engine.notifications;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import java.time.Duration;

/// Settings `notifications.*`.
public record Config(
    @Doc("Notifications kept in the inbox of one user; beyond it the oldest go.")
        @Default("1000")
        @Limit(min = 1, max = 100_000)
        int inboxMax,
    @Doc("Users whom one notification may reach.") @Default("1000") @Limit(min = 1, max = 100_000)
        int recipientsMax,
    @Doc("Time in which a rule tells of the same thing once only, unless the rule says otherwise.")
        @Default("0s")
        Duration deduplicationTime,
    @Doc("Time zone of quiet hours that name none, as in Europe/Kyiv.") @Default("UTC")
        String timeZone) {}
