package io.millrace.engine.rules;

/// Hears of values in the batch that saves them, and may cause more: calculated fields.
/// Implemented by `engine/fields`; on the partition's thread, never blocking.
public interface ValueWatch {
  /// Watches nothing.
  ValueWatch NONE =
      new ValueWatch() {
        @Override
        public boolean enters(RuleMessage message, ValueContext context) {
          return false;
        }

        @Override
        public void saved(RuleMessage cause, ValueChange change, ValueContext context) {}
      };

  /// A message is about to enter the rule chains, or a timer of the watch is due.
  ///
  /// @return whether it was for the watch alone: no chain sees it
  boolean enters(RuleMessage message, ValueContext context);

  /// A call of its own was answered, or given up.
  ///
  /// @return whether it was; otherwise the message begins where its originator's messages begin
  default boolean answered(RuleMessage message, Answer answer, ValueContext context) {
    return false;
  }

  /// Values of the originator were saved because of that message.
  void saved(RuleMessage cause, ValueChange change, ValueContext context);
}
