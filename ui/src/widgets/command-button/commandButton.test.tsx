import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { show } from "../shown";
import CommandButton from "./CommandButton";

vi.mock("../../live", async () => (await import("../shown")).liveOf({}));
const sent = vi.hoisted(() => vi.fn(async () => ({ done: true })));
vi.mock("../../api/http", () => ({ post: sent, get: vi.fn() }));
afterEach(cleanup);

test("it sends its command and shows the answer", async () => {
  const settings = { method: "reboot", params: '{"hard": true}', answer: true, label: "Reboot" };
  await show(CommandButton, { source: { deviceId: "d", keys: [] }, settings });
  fireEvent.click(screen.getByRole("button", { name: "Reboot" }));
  expect(await screen.findByText('{"done":true}')).toBeDefined();
  expect(sent).toHaveBeenCalledWith("/api/rpc/twoway/d", {
    method: "reboot",
    params: { hard: true },
    timeout: 10_000,
  });
});

test("parameters that are no JSON are not sent", async () => {
  sent.mockClear();
  await show(CommandButton, { source: { deviceId: "d", keys: [] }, settings: { method: "x", params: "{" } });
  fireEvent.click(screen.getByRole("button"));
  expect(await screen.findByText(/not JSON/)).toBeDefined();
  expect(sent).not.toHaveBeenCalled();
});
