package io.millrace.store.entities;

/// How to reach a tenant or customer; a field that nobody filled is empty.
public record Contact(
    String country,
    String state,
    String city,
    String address,
    String address2,
    String zip,
    String phone,
    String email) {
  public static final Contact NONE = new Contact("", "", "", "", "", "", "", "");
}
