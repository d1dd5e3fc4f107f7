package io.millrace.wire.http;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import java.time.Duration;

/// Settings under `http.outgoing.`: calls that rule nodes make to other servers.
public record Outgoing(
    @Doc("Longest wait for a connection to another server.") @Default("5s") Duration connectTimeout,
    @Doc("Longest wait for a whole answer, unless the rule node says otherwise.") @Default("20s")
        Duration answerTimeout,
    @Doc("Largest answer that is read; a larger one fails the call.")
        @Default("1048576")
        @Limit(min = 1_024, max = 134_217_728)
        int answerBytesMax) {}
