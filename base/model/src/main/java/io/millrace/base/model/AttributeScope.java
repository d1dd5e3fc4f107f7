package io.millrace.base.model;

/// Who writes an attribute: the device (client), the platform for the device (shared), or the
/// platform for itself (server).
public enum AttributeScope {
  CLIENT_SCOPE,
  SHARED_SCOPE,
  SERVER_SCOPE
}
