package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.EnhancedAuthenticator.Step;
import io.millrace.wire.mqtt.EnhancedAuthenticator.Talk;
import io.millrace.wire.mqtt.codec.Auth;
import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.Property;
import io.millrace.wire.mqtt.codec.ReasonCode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The exchange of AUTH packets with one client, at CONNECT and again later; section 4.12.
final class Authentication {
  private static final byte[] NOTHING = {};

  private final Connection connection;
  private final EnhancedAuthenticator authenticator;
  private final ConnectRequest request;
  private final String method;
  private @Nullable Talk talk;
  private boolean isBusy;

  Authentication(Connection connection, ConnectRequest request, String method) {
    this.connection = connection;
    this.authenticator = connection.listener().authenticator().enhanced();
    this.request = request;
    this.method = method;
  }

  /// Begins an exchange.
  ///
  /// @return false when the method is not known
  boolean begin(Properties properties, Consumer<Step> step) {
    talk = authenticator.begin(method, request);
    if (talk == null) {
      return false;
    }
    next(properties, step);
    return true;
  }

  /// True while the client may send the next data of an exchange.
  boolean isOpen() {
    return talk != null && !isBusy;
  }

  /// [MQTT-4.12.0-5] [MQTT-4.12.1-1] the method stays the same all the time.
  boolean isSameMethod(Properties properties) {
    return method.equals(properties.text(Property.AUTHENTICATION_METHOD));
  }

  /// Hands the client's data on; `step` is called on the connection's loop.
  void next(Properties properties, Consumer<Step> step) {
    var open = talk;
    if (open == null) {
      throw new IllegalStateException("no exchange was begun");
    }
    isBusy = true;
    var data = properties.binary(Property.AUTHENTICATION_DATA);
    open.next(data == null ? NOTHING : data, result -> onLoop(() -> arrived(result, step)));
  }

  private void onLoop(Runnable work) {
    var shard = connection.shard();
    if (shard.loop.inEventLoop()) {
      work.run();
    } else {
      shard.later(work);
    }
  }

  private void arrived(Step result, Consumer<Step> step) {
    isBusy = false;
    if (!(result instanceof EnhancedAuthenticator.Continue)) {
      talk = null;
    }
    if (!connection.isEnded()) {
      step.accept(result);
    }
  }

  /// AUTH with the method and data.
  void send(ReasonCode reason, byte[] data) {
    connection.output().send(new Auth(reason, properties(Properties.NONE, data)));
  }

  Properties properties(Properties before, byte[] data) {
    var all = before.with(Property.AUTHENTICATION_METHOD, method);
    return data.length == 0 ? all : all.with(Property.AUTHENTICATION_DATA, data);
  }
}
