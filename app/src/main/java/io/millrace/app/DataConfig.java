package io.millrace.app;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import java.nio.file.Path;

/// Where everything is kept.
record DataConfig(
    @Doc("The directory that holds all of Millrace's data; one process at a time.")
        @Default("./millrace-data")
        Path dir,
    @Doc("Memory for the store's caches and unwritten tables, in bytes.")
        @Default("64MB")
        @Limit(min = 16 << 20)
        long cacheBytes) {}
