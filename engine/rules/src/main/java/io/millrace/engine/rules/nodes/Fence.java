package io.millrace.engine.rules.nodes;

import io.millrace.engine.rules.RuleMessage;
import java.util.function.Function;

/// Whether messages come from inside; a fence of the settings is read once.
final class Fence {
  private final PerimeterSettings settings;
  private final Function<RuleMessage, Perimeter> perimeter;

  private Fence(PerimeterSettings settings, Function<RuleMessage, Perimeter> perimeter) {
    this.settings = settings;
    this.perimeter = perimeter;
  }

  static Fence of(PerimeterSettings settings) {
    if (settings.fetchPerimeterInfoFromMessageMetadata()) {
      return new Fence(settings, settings::of);
    }
    var own = settings.own();
    return new Fence(settings, _ -> own);
  }

  boolean contains(RuleMessage message) {
    return perimeter.apply(message).contains(settings.place(message));
  }
}
