package io.millrace.wire.mosquitto;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import java.util.Map;

/// Settings of who may, beside devices, `mqtt.*`.
public record Config(
    @Doc("Mosquitto password file; written by millrace passwd, read again when it changes.")
        @Default("")
        String passwordFile,
    @Doc("Mosquitto ACL file, read again when it changes; empty lets everybody do everything.")
        @Default("")
        String aclFile,
    JwtSettings jwt,
    Map<String, BridgeSettings> bridges) {}
