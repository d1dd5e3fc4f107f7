import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { show } from "../shown";
import EntitiesTable from "./EntitiesTable";

vi.mock("../../live", async () => (await import("../shown")).liveOf({ temperature: 21 }));
afterEach(cleanup);

test("each entity has a row, each key a column", async () => {
  const sources = ["A", "B"].map((name) => ({ deviceId: name, name, keys: ["temperature", "none"] }));
  await show(EntitiesTable, { sources });
  expect(screen.getAllByRole("columnheader").map((head) => head.textContent)).toEqual([
    "Name",
    "temperature",
    "none",
  ]);
  expect(screen.getAllByRole("cell").map((cell) => cell.textContent)).toEqual([
    "A",
    "21",
    "—",
    "B",
    "21",
    "—",
  ]);
});
