package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.store.entities.Contact;

/// The contact fields that tenants and customers share.
final class ContactJson {
  private ContactJson() {}

  static JsonObject.Builder put(Contact contact, JsonObject.Builder json) {
    return json.put("country", EntityJson.textOrNull(contact.country()))
        .put("state", EntityJson.textOrNull(contact.state()))
        .put("city", EntityJson.textOrNull(contact.city()))
        .put("address", EntityJson.textOrNull(contact.address()))
        .put("address2", EntityJson.textOrNull(contact.address2()))
        .put("zip", EntityJson.textOrNull(contact.zip()))
        .put("phone", EntityJson.textOrNull(contact.phone()))
        .put("email", EntityJson.textOrNull(contact.email()));
  }

  /// The contact with what the body says; what it leaves out stays.
  static Contact changed(Contact contact, Fields body) {
    return new Contact(
        body.text("country", contact.country()),
        body.text("state", contact.state()),
        body.text("city", contact.city()),
        body.text("address", contact.address()),
        body.text("address2", contact.address2()),
        body.text("zip", contact.zip()),
        body.text("phone", contact.phone()),
        body.text("email", contact.email()));
  }
}
