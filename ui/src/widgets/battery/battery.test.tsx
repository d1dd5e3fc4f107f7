import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { show } from "../shown";
import Battery from "./Battery";

vi.mock("../../live", async () => (await import("../shown")).liveOf({ battery: 12 }));
afterEach(cleanup);

test("a battery that is nearly empty asks to be charged", async () => {
  await show(Battery, { source: { deviceId: "d", keys: ["battery"] } });
  expect(screen.getByText("12 %")).toBeDefined();
  expect(screen.getByText("battery: charge it soon")).toBeDefined();
});
