import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { show } from "../shown";
import KafkaTail from "./KafkaTail";

vi.mock("../../live", async () => (await import("../shown")).liveOf({}));
afterEach(cleanup);

test("without a topic it asks for one", async () => {
  await show(KafkaTail, { settings: { topic: "" } });
  expect(screen.getByText("Name a topic in this widget's settings.")).toBeDefined();
});
