package io.millrace.wire.device;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import java.util.List;

/// Settings `device.*`.
public record Config(
    @Doc("Largest body of telemetry or attributes that a device may send, in bytes.")
        @Default("65536")
        @Limit(min = 64, max = 16_777_216)
        int payloadBytesMax,
    @Doc("Store the text \"23.5\" as the number 23.5, as ThingsBoard does.") @Default("true")
        boolean castTexts,
    @Doc(
            "Topic mappings, as in sensors/{device}/{key} -> device {device} key {key};"
                + " docs/mqtt-mappings.md has the words.")
        @Default("")
        List<String> mappings) {}
