package io.millrace.app;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;

/// Which of the machine's addresses all ports listen on.
record BindConfig(
    @Doc(
            "The address that every port listens on; 0.0.0.0 for all interfaces. `demo` listens on 127.0.0.1.")
        @Default("0.0.0.0")
        String address) {}
