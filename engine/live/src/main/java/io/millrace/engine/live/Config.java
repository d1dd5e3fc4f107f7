package io.millrace.engine.live;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;

/// Settings `live.*`.
public record Config(
    @Doc("Changes that wait for one slow watcher; beyond it only the latest of each key is kept.")
        @Default("1000")
        @Limit(min = 1, max = 100_000)
        int pendingPerWatch,
    @Doc("Keys of which one slow watcher gets the latest value; of further ones it gets none.")
        @Default("1000")
        @Limit(min = 1, max = 100_000)
        int keysPerWatch) {}
