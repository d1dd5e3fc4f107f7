package io.millrace.wire.mail;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import java.util.Properties;

/// A mail server and how to speak to it, in the names of ThingsBoard's mail settings.
record MailServer(JsonObject settings) {
  private static final int TIMEOUT_MS_MAX = 600_000;

  MailServer {
    if (settings.text("smtpHost", "").isBlank()) {
      throw new IllegalArgumentException("smtpHost is empty. Give the mail server's name.");
    }
    long port = number(settings, "smtpPort", 25);
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("smtpPort=%d is not 1 to 65535.".formatted(port));
    }
    if (!settings.text("smtpProtocol", "smtp").matches("smtps?")) {
      throw new IllegalArgumentException(
          "smtpProtocol=%s is neither smtp nor smtps."
              .formatted(settings.text("smtpProtocol", "")));
    }
    long timeout = number(settings, "timeout", 10_000);
    if (timeout < 1 || timeout > TIMEOUT_MS_MAX) {
      throw new IllegalArgumentException(
          "timeout=%d is not 1 to %d ms.".formatted(timeout, TIMEOUT_MS_MAX));
    }
  }

  static JsonObject of(Config config) {
    return JsonObject.builder()
        .put("mailFrom", config.from())
        .put("smtpHost", config.host())
        .put("smtpPort", config.port())
        .put("smtpProtocol", config.security().equals("tls") ? "smtps" : "smtp")
        .put("timeout", config.timeout().toMillis())
        .put("enableTls", config.security().equals("starttls"))
        .put("tlsVersion", "TLSv1.2")
        .put("username", config.user())
        .put("password", config.password())
        .build();
  }

  String host() {
    return settings.text("smtpHost", "").strip();
  }

  int port() {
    return (int) number(settings, "smtpPort", 25);
  }

  String from() {
    return settings.text("mailFrom", "");
  }

  String user() {
    return settings.text("username", "");
  }

  String password() {
    return settings.text("password", "");
  }

  String address() {
    return host() + ":" + port();
  }

  /// In the names of Jakarta Mail.
  Properties properties() {
    var properties = new Properties();
    var timeout = Long.toString(number(settings, "timeout", 10_000));
    properties.put("mail.smtp.host", host());
    properties.put("mail.smtp.port", Integer.toString(port()));
    properties.put("mail.smtp.auth", Boolean.toString(!user().isEmpty()));
    properties.put("mail.smtp.connectiontimeout", timeout);
    properties.put("mail.smtp.timeout", timeout);
    properties.put("mail.smtp.writetimeout", timeout);
    properties.put("mail.smtp.quitwait", "false");
    tls(properties);
    if (isSet("enableProxy")) {
      properties.put("mail.smtp.proxy.host", settings.text("proxyHost", ""));
      properties.put("mail.smtp.proxy.port", text("proxyPort"));
      if (!settings.text("proxyUser", "").isEmpty()) {
        properties.put("mail.smtp.proxy.user", settings.text("proxyUser", ""));
        properties.put("mail.smtp.proxy.password", settings.text("proxyPassword", ""));
      }
    }
    return properties;
  }

  private void tls(Properties properties) {
    boolean isTls = settings.text("smtpProtocol", "smtp").equals("smtps");
    properties.put("mail.smtp.ssl.enable", Boolean.toString(isTls));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put(
        "mail.smtp.ssl.protocols",
        text("tlsVersion").equals("TLSv1.3") ? "TLSv1.3" : "TLSv1.2 TLSv1.3");
    if (!isTls && isSet("enableTls")) {
      properties.put("mail.smtp.starttls.enable", "true");
      properties.put("mail.smtp.starttls.required", "true"); // never in the clear by a downgrade
    }
  }

  private boolean isSet(String name) {
    return settings.get(name) == JsonBoolean.TRUE;
  }

  private String text(String name) {
    var value = settings.get(name);
    return value == null ? "" : value.asText();
  }

  /// ThingsBoard's own pages send ports as text.
  private static long number(JsonObject settings, String name, long fallback) {
    return switch (settings.get(name)) {
      case JsonLong(long number) -> number;
      case JsonString(var text) when text.matches("[0-9]{1,9}") -> Long.parseLong(text);
      case null -> fallback;
      default -> fallback;
    };
  }
}
