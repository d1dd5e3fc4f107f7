package io.millrace.engine.rules;

import java.util.List;
import java.util.UUID;

/// What becomes of a message at a node.
public sealed interface Outcome {
  String SUCCESS = "Success";
  String FAILURE = "Failure";
  String TRUE = "True";
  String FALSE = "False";

  /// The node's work is done and no message goes on.
  Outcome DONE = new Done();

  /// Messages go on, each along every connection of its label.
  record Next(List<Emission> emissions) implements Outcome {
    public Next {
      emissions = List.copyOf(emissions);
    }
  }

  /// The message goes on along `Failure`; without such a connection it ends here and is listed.
  ///
  /// @param reason for people: what happened, the values, the cure
  record Failed(RuleMessage message, String reason) implements Outcome {}

  /// Asks the outside; the answer comes back to [RuleNode#onAnswer] with `message`.
  record Call(OutsideCall call, RuleMessage message) implements Outcome {}

  /// Goes to the first node of another chain; where that chain leaves, this node goes on.
  record Enter(UUID chainId, RuleMessage message) implements Outcome {}

  /// Leaves this chain, by that label of the node that entered it.
  record Leave(String label, RuleMessage message) implements Outcome {}

  /// Nothing goes on.
  record Done() implements Outcome {}

  static Outcome next(String connection, RuleMessage message) {
    return new Next(List.of(new Emission(connection, message)));
  }

  static Outcome next(List<Emission> emissions) {
    return new Next(emissions);
  }

  static Outcome success(RuleMessage message) {
    return next(SUCCESS, message);
  }

  static Outcome failed(RuleMessage message, String reason) {
    return new Failed(message, reason);
  }

  /// `True` or `False`.
  static Outcome decided(boolean verdict, RuleMessage message) {
    return next(verdict ? TRUE : FALSE, message);
  }
}
