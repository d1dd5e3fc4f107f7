import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { show } from "../shown";
import AttributeForm from "./AttributeForm";

vi.mock("../../live", async () => (await import("../shown")).liveOf({}));
const sent = vi.hoisted(() => vi.fn(async () => {}));
vi.mock("../../api/http", () => ({
  post: sent,
  get: async () => [{ key: "limit", value: 5, lastUpdateTs: 1 }],
}));
afterEach(cleanup);

test("an attribute is shown and, changed, saved with its type", async () => {
  await show(AttributeForm, {
    source: { deviceId: "d", keys: [] },
    settings: { scope: "SERVER_SCOPE", keys: "" },
  });
  const field = (await screen.findByLabelText("limit")) as HTMLInputElement;
  expect(field.value).toBe("5");
  fireEvent.change(field, { target: { value: "7.5" } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  const path = "/api/plugins/telemetry/DEVICE/d/attributes/SERVER_SCOPE";
  expect(sent).toHaveBeenCalledWith(path, { limit: 7.5 });
});
