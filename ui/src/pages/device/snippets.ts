/// Ready-to-run programs that send one reading as this device.

export interface Address {
  host: string;
  httpOrigin: string;
  mqttPort: number;
  token: string;
}

export interface Snippet {
  title: string;
  /// What must be installed, in English; empty when nothing.
  needs: string;
  code: (address: Address) => string;
}

const topic = "v1/devices/me/telemetry";

export const snippets: Snippet[] = [
  {
    title: "curl",
    needs: "",
    code: ({ httpOrigin, token }) =>
      `curl -X POST ${httpOrigin}/api/v1/${token}/telemetry \\
  -H 'Content-Type: application/json' \\
  -d '{"temperature": 21.5, "humidity": 48}'`,
  },
  {
    title: "mosquitto_pub",
    needs: "apt install mosquitto-clients",
    code: ({ host, mqttPort, token }) =>
      `mosquitto_pub -h ${host} -p ${mqttPort} -q 1 -u ${token} \\
  -t ${topic} \\
  -m '{"temperature": 21.5, "humidity": 48}'`,
  },
  {
    title: "Python (Paho)",
    needs: "pip install paho-mqtt",
    code: ({ host, mqttPort, token }) => `import json
import time

import paho.mqtt.client as mqtt

try:
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)  # Paho 2
except AttributeError:
    client = mqtt.Client()  # Paho 1
client.username_pw_set("${token}")
client.connect("${host}", ${mqttPort})
client.loop_start()

while True:
    reading = {"temperature": 21.5, "humidity": 48}
    client.publish("${topic}", json.dumps(reading), qos=1).wait_for_publish()
    time.sleep(3)`,
  },
  {
    title: "Arduino",
    needs: "PubSubClient, ESP32",
    code: ({ host, mqttPort, token }) => `#include <WiFi.h>
#include <PubSubClient.h>

WiFiClient network;
PubSubClient mqtt(network);

void setup() {
  WiFi.begin("your network", "its password");
  while (WiFi.status() != WL_CONNECTED) delay(200);
  mqtt.setServer("${host}", ${mqttPort});
}

void loop() {
  if (!mqtt.connected()) mqtt.connect("esp32", "${token}", nullptr);
  mqtt.loop();
  mqtt.publish("${topic}", "{\\"temperature\\": 21.5, \\"humidity\\": 48}");
  delay(3000);
}`,
  },
  {
    title: "Node.js",
    needs: "npm install mqtt",
    code: ({ host, mqttPort, token }) => `import mqtt from "mqtt";

const client = await mqtt.connectAsync("mqtt://${host}:${mqttPort}", { username: "${token}" });
setInterval(() => {
  const reading = { temperature: 21.5, humidity: 48 };
  client.publish("${topic}", JSON.stringify(reading), { qos: 1 });
}, 3000);`,
  },
];
