package io.millrace.store.entities;

/// What a user may do of that which the authority allows.
public enum Role {
  /// Everything.
  ADMINISTRATOR,
  /// Everything but users, customers, keys and who may do what.
  EDITOR,
  /// Look, and nothing else.
  READ_ONLY;

  /// What a user has when nobody said otherwise: customers' users administer nobody.
  public static Role usual(Authority authority) {
    return authority == Authority.CUSTOMER_USER ? EDITOR : ADMINISTRATOR;
  }
}
