import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { show } from "../shown";
import SwitchControl from "./SwitchControl";

vi.mock("../../live", async () => (await import("../shown")).liveOf({ lamp: true }));
const sent = vi.hoisted(() => vi.fn(async () => {}));
vi.mock("../../api/http", () => ({ post: sent, get: vi.fn() }));
afterEach(cleanup);

test("it stands as the device says, and asks the device for the other", async () => {
  await show(SwitchControl, { source: { deviceId: "d", keys: ["lamp"] }, settings: { method: "setLamp" } });
  expect((screen.getByRole("switch") as HTMLInputElement).checked).toBe(true);
  fireEvent.click(screen.getByRole("switch"));
  expect(sent).toHaveBeenCalledWith("/api/rpc/oneway/d", {
    method: "setLamp",
    params: false,
    timeout: 5_000,
  });
  expect(screen.getByText("Off")).toBeDefined();
});
