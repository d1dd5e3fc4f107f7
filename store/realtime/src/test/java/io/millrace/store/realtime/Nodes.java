package io.millrace.store.realtime;

import io.millrace.base.config.Settings;
import io.millrace.base.json.Json;

/// Nodes as tests write them: JSON in export form.
final class Nodes {
  static final Config LIMITS = Settings.defaults(Config.class);

  private Nodes() {}

  static Node node(String json) {
    return new DataReader(LIMITS, new KeyPool(), 0)
        .read(TreePath.ROOT, Json.parse(json), Branch.EMPTY);
  }
}
