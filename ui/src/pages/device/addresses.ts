/// Where one value of a device can be had or sent: every interface that carries it.

export interface ValueAddress {
  /// English, translated where it is shown.
  title: string;
  text: string;
}

interface Place {
  origin: string;
  host: string;
  mqttPort: number;
  deviceId: string;
  key: string;
}

export function addressesOf({ origin, host, mqttPort, deviceId, key }: Place): ValueAddress[] {
  const series = `${origin}/api/plugins/telemetry/DEVICE/${deviceId}/values/timeseries`;
  const name = encodeURIComponent(key);
  const watch = {
    cmds: [
      {
        type: "TIMESERIES",
        cmdId: 1,
        entityType: "DEVICE",
        entityId: deviceId,
        scope: "LATEST_TELEMETRY",
        keys: key,
      },
    ],
  };
  return [
    { title: "Send it (MQTT)", text: `mqtt://${host}:${mqttPort}/v1/devices/me/telemetry` },
    { title: "Send it (HTTP)", text: `${origin}/api/v1/$ACCESS_TOKEN/telemetry` },
    { title: "Newest value (REST)", text: `${series}?keys=${name}` },
    { title: "History (REST)", text: `${series}?keys=${name}&startTs=0&endTs=4102444800000&limit=1000` },
    { title: "Live (WebSocket)", text: `${origin.replace(/^http/, "ws")}/api/ws` },
    { title: "Live (its command)", text: JSON.stringify(watch) },
  ];
}
