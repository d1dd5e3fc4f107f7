package io.millrace.wire.mail;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonObject;
import io.millrace.engine.pipeline.Delivery;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.OutsideCall;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/// Hands mail to a mail server and waits until it is taken; one connection per mail. Any thread.
///
/// The same call has the same Message-ID however often it is tried.
public final class MailDelivery implements Delivery {
  /// The kind of call that it delivers.
  public static final String KIND = "mail";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
  private static final String NO_SERVER =
      "There is no mail server; the system administrator sets one (mail.host), or the node has its"
          + " own.";

  private final Config config;
  private final Supplier<Optional<JsonObject>> stored;
  private final LongSupplier now;
  private final Optional<SSLSocketFactory> trust;

  /// @param stored the server that the system administrator has saved, which goes before that of
  ///     the settings: ThingsBoard's mail settings
  /// @param now milliseconds since 1970, for the date of a mail
  public MailDelivery(Config config, Supplier<Optional<JsonObject>> stored, LongSupplier now) {
    this.config = config;
    this.stored = stored;
    this.now = now;
    this.trust = Trust.of(config.trustFile());
  }

  /// The server of the settings file in ThingsBoard's names, without what was saved since.
  public JsonObject settings() {
    return MailServer.of(config);
  }

  @Override
  public String peer(OutsideCall call) {
    return new MailServer(server(call.request())).address();
  }

  private JsonObject server(JsonObject request) {
    return request.get("server") instanceof JsonObject own
        ? own
        : stored.get().orElseGet(this::settings);
  }

  @Override
  public Answer deliver(OutsideCall call, String idempotencyKey) throws IOException {
    var settings = server(call.request());
    if (settings.text("smtpHost", "").isBlank()) {
      return Answer.failed(NO_SERVER);
    }
    try {
      return send(new MailServer(settings), call.request(), idempotencyKey);
    } catch (IllegalArgumentException e) {
      return Answer.failed(String.valueOf(e.getMessage()));
    }
  }

  /// Sends one mail.
  ///
  /// @param mail `to`, `subject`, `body`; maybe `from`, `cc`, `bcc`, `isHtml`
  private Answer send(MailServer server, JsonObject mail, String id) throws IOException {
    var properties = server.properties();
    trust.ifPresent(factory -> properties.put("mail.smtp.ssl.socketFactory", factory));
    var session = Session.getInstance(properties);
    try (var transport = session.getTransport("smtp")) {
      var message = message(session, server, mail, id);
      transport.connect(
          server.host(),
          server.port(),
          server.user().isEmpty() ? null : server.user(),
          server.password());
      transport.sendMessage(message, message.getAllRecipients());
      return new Answer(true, JsonObject.EMPTY);
    } catch (AddressException e) {
      return Answer.failed("\"%s\" is no address: %s".formatted(e.getRef(), e.getMessage()));
    } catch (AuthenticationFailedException e) {
      return Answer.failed(
          "The mail server %s refuses the log-in: %s".formatted(server.address(), reason(e)));
    } catch (MessagingException e) {
      var error = "The mail server %s: %s".formatted(server.address(), reason(e));
      if (isFinal(e)) {
        return Answer.failed(error); // it would be refused again
      }
      throw new IOException(error, e);
    }
  }

  private MimeMessage message(Session session, MailServer server, JsonObject mail, String id)
      throws MessagingException {
    var body = mail.text("body", "");
    if (body.getBytes(StandardCharsets.UTF_8).length > config.bodyBytesMax()) {
      throw new IllegalArgumentException(
          "The mail's text is longer than mail.bodyBytesMax=%d.".formatted(config.bodyBytesMax()));
    }
    var message = new Mail(session, id);
    var from = mail.text("from", "");
    message.setFrom(new InternetAddress(from.isBlank() ? server.from() : from, true));
    message.setRecipients(RecipientType.TO, InternetAddress.parse(mail.text("to", ""), true));
    message.setRecipients(RecipientType.CC, InternetAddress.parse(mail.text("cc", ""), true));
    message.setRecipients(RecipientType.BCC, InternetAddress.parse(mail.text("bcc", ""), true));
    var all = message.getAllRecipients();
    if (all == null || all.length == 0) {
      throw new IllegalArgumentException("The mail has no receiver.");
    }
    if (all.length > config.recipientsMax()) {
      throw new IllegalArgumentException(
          "The mail has %d receivers, mail.recipientsMax=%d."
              .formatted(all.length, config.recipientsMax()));
    }
    message.setSubject(mail.text("subject", "").replaceAll("\\p{Cntrl}+", " "), "UTF-8");
    message.setHeader("Date", DATE.format(Instant.ofEpochMilli(now.getAsLong())));
    message.setText(body, "UTF-8", mail.get("isHtml") == JsonBoolean.TRUE ? "html" : "plain");
    message.saveChanges();
    return message;
  }

  /// A mail whose Message-ID is the call's key.
  private static final class Mail extends MimeMessage {
    private final String id;

    Mail(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", "<%s@millrace>".formatted(id));
    }
  }

  /// RFC 5321 4.2.1: the same command will be refused again after a 5yz, not after a 4yz.
  private static boolean isFinal(MessagingException e) {
    for (Exception each = e;
        each instanceof MessagingException next;
        each = next.getNextException()) {
      if (code(next) >= 500) {
        return true;
      }
    }
    return false;
  }

  private static int code(MessagingException e) {
    return switch (e) {
      case SMTPSendFailedException refused -> refused.getReturnCode();
      case SMTPAddressFailedException refused -> refused.getReturnCode();
      case SMTPSenderFailedException refused -> refused.getReturnCode();
      default -> 0;
    };
  }

  private static String reason(MessagingException e) {
    var inner = e.getNextException();
    var text = String.valueOf(e.getMessage()).strip();
    return inner == null || String.valueOf(inner.getMessage()).equals(e.getMessage())
        ? text
        : text + ": " + String.valueOf(inner.getMessage()).strip();
  }
}
