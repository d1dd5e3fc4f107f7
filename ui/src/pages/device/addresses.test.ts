import { expect, test } from "vitest";
import { addressesOf } from "./addresses";

const place = {
  origin: "https://mill.example",
  host: "mill.example",
  mqttPort: 1883,
  deviceId: "d1",
  key: "a b",
};

test("a key is encoded in URLs and plain in the WebSocket's command", () => {
  const texts = Object.fromEntries(addressesOf(place).map(({ title, text }) => [title, text]));
  expect(texts["Newest value (REST)"]).toBe(
    "https://mill.example/api/plugins/telemetry/DEVICE/d1/values/timeseries?keys=a%20b",
  );
  expect(JSON.parse(texts["Live (its command)"] as string).cmds[0].keys).toBe("a b");
  expect(texts["Live (WebSocket)"]).toBe("wss://mill.example/api/ws");
});
