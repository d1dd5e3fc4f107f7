import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { show } from "../shown";
import Signal from "./Signal";

vi.mock("../../live", async () => (await import("../shown")).liveOf({ rssi: -75 }));
afterEach(cleanup);

test("a signal has bars and its strength in words", async () => {
  await show(Signal, { source: { deviceId: "d", keys: ["rssi"] } });
  const picture = screen.getByRole("img", { name: "rssi: -75 dBm" });
  expect(picture.querySelectorAll('rect[fill="var(--accent)"]')).toHaveLength(3);
});
