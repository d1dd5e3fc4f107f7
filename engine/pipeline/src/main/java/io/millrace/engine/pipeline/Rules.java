package io.millrace.engine.pipeline;

import io.millrace.base.model.EntityId;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.BatchContext;
import io.millrace.engine.rules.CallFrame;
import io.millrace.engine.rules.RuleEngine;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.Verdict;
import java.util.function.Consumer;

/// What decides on messages: the [RuleEngine], or a test's stand-in that fails on purpose.
interface Rules {
  static Rules of(RuleEngine engine) {
    return new Rules() {
      @Override
      public Verdict run(RuleMessage message, EntityId tenantId, BatchContext batch) {
        return engine.run(message, tenantId, batch);
      }

      @Override
      public void resume(CallFrame where, RuleMessage message, Answer answer, BatchContext batch) {
        engine.resume(where, message, answer, batch);
      }

      @Override
      public void wake(CallFrame where, RuleMessage message, BatchContext batch) {
        engine.wake(where, message, batch);
      }

      @Override
      public void onSelfStarting(Consumer<CallFrame> starter) {
        engine.onSelfStarting(starter);
      }
    };
  }

  Verdict run(RuleMessage message, EntityId tenantId, BatchContext batch);

  void resume(CallFrame where, RuleMessage message, Answer answer, BatchContext batch);

  void wake(CallFrame where, RuleMessage message, BatchContext batch);

  void onSelfStarting(Consumer<CallFrame> starter);
}
