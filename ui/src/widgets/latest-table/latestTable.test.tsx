import { MantineProvider } from "@mantine/core";
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { Snapshot } from "../../live";
import { completed } from "../index";
import LatestTable from "./LatestTable";

const live = vi.hoisted(() => ({ snapshot: null as unknown, tell: () => {} }));

vi.mock("../../live", async () => {
  const { useSyncExternalStore } = await import("react");
  return {
    useLatest: () =>
      useSyncExternalStore(
        (listener) => {
          live.tell = listener;
          return () => {};
        },
        () => live.snapshot as Snapshot | null,
      ),
  };
});

afterEach(cleanup);

function arrives(values: Record<string, [number, string | number]>): void {
  act(() => {
    live.snapshot = new Map(Object.entries(values).map(([key, [ts, value]]) => [key, { ts, value }]));
    live.tell();
  });
}

function cells(): string[] {
  return screen.getAllByRole("cell").map((cell) => cell.textContent ?? "");
}

function show(keys: string[]): void {
  render(
    <MantineProvider>
      <LatestTable {...completed({ source: { deviceId: "d1", keys } })} />
    </MantineProvider>,
  );
}

test("values come sorted by key and change in place", () => {
  live.snapshot = null;
  show([]);
  expect(screen.getByRole("status")).toBeDefined();
  const now = Date.now();
  arrives({ temperature: [now, 21.5], humidity: [now, 60] });
  expect(cells().filter((_, i) => i % 3 < 2)).toEqual(["humidity", "60", "temperature", "21.5"]);
  arrives({ temperature: [now + 1, 22], humidity: [now, 60] });
  expect(cells()[4]).toBe("22");
});

test("only the keys that are asked for are shown", () => {
  arrives({ temperature: [1, 21.5], status: [1, "ok"] });
  show(["status"]);
  expect(cells().slice(0, 2)).toEqual(["status", "ok"]);
  expect(cells()).toHaveLength(3);
});
