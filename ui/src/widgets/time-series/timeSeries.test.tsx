import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { completed } from "../index";
import { whole } from "./courses";
import TimeSeries from "./TimeSeries";

vi.mock("uplot", () => ({ default: Object.assign(vi.fn(), { paths: {}, join: vi.fn() }) }));
afterEach(cleanup);

test("without keys it asks for some", () => {
  render(
    <MantineProvider>
      <TimeSeries {...completed({ sources: [{ deviceId: "", keys: [] }] })} />
    </MantineProvider>,
  );
  expect(screen.getByText("Choose what it shows.")).toBeDefined();
});

test("a series whose values are still on their way is drawn empty", () => {
  expect(
    whole(
      [
        [1, 2],
        [5, 6],
      ],
      3,
    ),
  ).toEqual([
    [1, 2],
    [5, 6],
    [null, null],
  ]);
  expect(whole([[]], 2)).toEqual([[], []]);
  expect(whole([[1], [5]], 2)).toEqual([[1], [5]]);
});
