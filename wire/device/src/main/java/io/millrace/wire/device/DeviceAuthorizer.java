package io.millrace.wire.device;

import io.millrace.wire.mqtt.Authorizer;
import io.millrace.wire.mqtt.Client;

/// Devices may always use the device API; everything else is asked of the rules behind.
public final class DeviceAuthorizer implements Authorizer {
  private final Authorizer rules;

  public DeviceAuthorizer(Authorizer rules) {
    this.rules = rules;
  }

  @Override
  public boolean mayPublish(Client client, String topic) {
    return isDeviceRequest(client, topic) || rules.mayPublish(client, topic);
  }

  @Override
  public boolean maySubscribe(Client client, String filter) {
    return isDeviceRequest(client, filter) || rules.maySubscribe(client, filter);
  }

  @Override
  public boolean mayReceive(Client client, String topic) {
    return isDeviceRequest(client, topic) || rules.mayReceive(client, topic);
  }

  @Override
  public boolean checksReceive(Client client) {
    return rules.checksReceive(client);
  }

  private static boolean isDeviceRequest(Client client, String topic) {
    return client.principal() instanceof DevicePrincipal && DeviceTopics.isDeviceTopic(topic);
  }
}
