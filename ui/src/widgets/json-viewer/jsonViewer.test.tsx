import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { show } from "../shown";
import JsonViewer from "./JsonViewer";

vi.mock("../../live", async () => (await import("../shown")).liveOf({ state: { door: "open" } }));
afterEach(cleanup);

test("a value with parts is a tree", async () => {
  await show(JsonViewer, { source: { deviceId: "d", keys: ["state"] } });
  expect(screen.getByText("door")).toBeDefined();
  expect(screen.getByText('"open"')).toBeDefined();
});
