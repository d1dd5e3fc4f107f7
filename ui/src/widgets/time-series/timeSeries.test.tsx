import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { completed } from "../index";
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
