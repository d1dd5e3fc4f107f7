package io.millrace.wire.mqtt;

import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttMessage;

/// Hands payloads on as text.
record PahoV3Listener(Consumer<String> taker) implements MqttCallback {
  @Override
  public void connectionLost(Throwable cause) {}

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    taker.accept(message.toString());
  }

  @Override
  public void deliveryComplete(IMqttDeliveryToken token) {}
}
