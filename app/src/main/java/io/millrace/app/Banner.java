package io.millrace.app;

import io.millrace.engine.access.Access;
import io.millrace.engine.access.FirstAdministrator;

/// What a person reads in the terminal when Millrace is ready.
final class Banner {
  private Banner() {}

  static void print(Millrace millrace) {
    var urls = millrace.urls();
    say(
        """

        Millrace %s is ready, %d ms after its start.

          Web UI, REST, device HTTP   %s
          MQTT                        %s
          MQTT over WebSocket         %s
          Realtime database           %s
          Kafka                       %s
          Data                        %s

        Stop with Ctrl-C.
        """
            .formatted(
                Version.text(),
                millrace.startMillis(),
                urls.http(),
                String.join(", ", urls.mqtt()),
                urls.webSocket(),
                urls.realtime(),
                urls.kafka().servers().isEmpty()
                    ? "off"
                    : urls.kafka().servers() + " (starting in the background)",
                millrace.dataDirectory()));
  }

  static void printDemoLogin() {
    say(
        """
        Demo: sign in as %s with password %s; the sensor's access token is %s.
        """
            .formatted(DemoTenant.LOGIN, DemoTenant.PASSWORD, DemoTenant.SENSOR_TOKEN));
  }

  static void printFirstLogin(FirstAdministrator administrator, String url, String setUpToken) {
    say(
        """
        First start: choose your own name and password here; the address is good once:
          %s/setup?token=%s
        Or sign in as %s with password %s and change it there;
        %s, who administers all tenants, has the same one. It is not shown again.
        """
            .formatted(
                url,
                setUpToken,
                administrator.user().email(),
                administrator.password(),
                Access.SYSTEM_EMAIL));
  }

  private static void say(String text) {
    System.out.print(text);
    System.out.flush();
  }
}
