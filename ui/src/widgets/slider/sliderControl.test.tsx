import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { show } from "../shown";
import SliderControl from "./SliderControl";

vi.mock("../../live", async () => (await import("../shown")).liveOf({ level: 40 }));
afterEach(cleanup);

test("it stands where the device says", async () => {
  await show(SliderControl, { source: { deviceId: "d", keys: ["level"] }, settings: { min: 0, max: 80 } });
  const thumb = screen.getByRole("slider");
  expect([thumb.getAttribute("aria-valuenow"), thumb.getAttribute("aria-valuemax")]).toEqual(["40", "80"]);
});
