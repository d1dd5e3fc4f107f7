package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonObject;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.NotBuiltException;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.Template;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Sends a text message by Twilio's interface.
final class SmsNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.external("send sms", Settings.class, SmsNode::new)
          .summary("Sends a text message to a phone, by Twilio.")
          .alias("org.thingsboard.rule.engine.sms.TbSendSmsNode");

  record Settings(
      @Doc("Numbers to send to, with commas between; may hold patterns.") String numbersToTemplate,
      @Doc("The text; may hold patterns.") String smsMessageTemplate,
      @Doc("Take the provider from the system's settings.") boolean useSystemSmsSettings,
      @Doc("The provider.") Provider smsProviderConfiguration) {}

  record Provider(
      @Doc("TWILIO.") @Default("TWILIO") String type,
      @Doc("Account SID.") String accountSid,
      @Doc("Token of the account.") String accountToken,
      @Doc("Number to send from.") String numberFrom,
      @Doc("Address of a compatible service; empty for Twilio's.") String endpoint) {}

  private final Settings settings;
  private final Template numbers;
  private final Template text;

  SmsNode(Settings settings) {
    this.settings = settings;
    this.numbers = Template.of(settings.numbersToTemplate());
    this.text = Template.of(settings.smsMessageTemplate());
    var provider = settings.smsProviderConfiguration();
    if (settings.useSystemSmsSettings()
        || !provider.type().equals("TWILIO")
        || provider.accountSid().isBlank()) {
      throw new NotBuiltException(
          "Only Twilio with the node's own account sends messages here; give"
              + " smsProviderConfiguration its accountSid.");
    }
  }

  /// One number; several become messages of their own in a split before this node.
  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var provider = settings.smsProviderConfiguration();
    var login =
        (provider.accountSid() + ":" + provider.accountToken()).getBytes(StandardCharsets.UTF_8);
    var headers =
        JsonObject.builder()
            .put("Content-Type", "application/x-www-form-urlencoded")
            .put("Authorization", "Basic " + Base64.getEncoder().encodeToString(login))
            .build();
    var address =
        provider.endpoint().isBlank() ? "https://api.twilio.com" : provider.endpoint().strip();
    var body =
        "To=%s&From=%s&Body=%s"
            .formatted(
                encoded(numbers.fill(message)),
                encoded(provider.numberFrom()),
                encoded(text.fill(message)));
    return new Outcome.Call(
        HttpAnswer.post(
            "%s/2010-04-01/Accounts/%s/Messages.json".formatted(address, provider.accountSid()),
            headers,
            body,
            JsonObject.EMPTY),
        message);
  }

  @Override
  public Outcome onAnswer(RuleMessage message, Answer answer, NodeContext context) {
    var error = HttpAnswer.error(answer);
    return error.isEmpty() ? Outcome.success(message) : HttpAnswer.failed(message, error);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
