package io.millrace.engine.access;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import java.time.Duration;

/// Settings under `access.`.
public record Config(
    @Doc("How long an access token (JWT) is good for.") @Default("150min") Duration tokenLifetime,
    @Doc("How long a refresh token is good for, counted from signing in.") @Default("7d")
        Duration refreshLifetime,
    @Doc("Failed log-ins of one account from one address before it has to wait.")
        @Default("10")
        @Limit(min = 1, max = 1_000)
        int failuresMax,
    @Doc("How long it has to wait then, and how long failures are remembered.") @Default("5min")
        Duration failureWindow,
    @Doc("Shortest password that may be set.") @Default("6") @Limit(min = 1, max = 72)
        int passwordLengthMin,
    @Doc("Memory of one password hash in KiB (Argon2id); two are computed at once at most.")
        @Default("19456")
        @Limit(min = 1_024, max = 1_048_576)
        int hashMemoryKb,
    @Doc("How long a link to activate an account or to reset a password is good for.")
        @Default("24h")
        Duration linkLifetime) {}
