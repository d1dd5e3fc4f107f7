package io.millrace.engine.pipeline;

import io.millrace.base.model.EntityId;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.BatchContext;
import io.millrace.engine.rules.CallFrame;
import io.millrace.engine.rules.RuleEngine;
import io.millrace.engine.rules.RuleMessage;

/// What decides on messages: the [RuleEngine], or a test's stand-in that fails on purpose.
interface Rules {
  static Rules of(RuleEngine engine) {
    return new Rules() {
      @Override
      public void run(RuleMessage message, EntityId tenantId, BatchContext batch) {
        engine.run(message, tenantId, batch);
      }

      @Override
      public void resume(CallFrame where, RuleMessage message, Answer answer, BatchContext batch) {
        engine.resume(where, message, answer, batch);
      }
    };
  }

  void run(RuleMessage message, EntityId tenantId, BatchContext batch);

  void resume(CallFrame where, RuleMessage message, Answer answer, BatchContext batch);
}
