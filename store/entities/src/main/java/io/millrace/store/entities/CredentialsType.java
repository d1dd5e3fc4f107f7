package io.millrace.store.entities;

/// How a device proves who it is; the names are ThingsBoard's.
public enum CredentialsType {
  ACCESS_TOKEN,
  MQTT_BASIC,
  X509_CERTIFICATE
}
