import { MantineProvider } from "@mantine/core";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { NodeSetting } from "../../api/types";
import { SettingsForm } from "./SettingsForm";

afterEach(cleanup);

const setting = (name: string, type: string, part: Partial<NodeSetting> = {}): NodeSetting => ({
  name,
  type,
  doc: "",
  default: null,
  ...part,
});

test("settings within a setting are a form within the form", () => {
  const change = vi.fn();
  const fields = [setting("type", "Type", { choices: ["A", "B"] }), setting("note", "String")];
  render(
    <MantineProvider>
      <SettingsForm
        settings={[setting("processingSettings", "ProcessingSettings", { fields })]}
        values={{ processingSettings: { type: "A", note: "kept" } }}
        nodeType="x"
        messages={[]}
        chains={[]}
        onChange={change}
      />
    </MantineProvider>,
  );
  fireEvent.change(screen.getByLabelText("Type"), { target: { value: "B" } });
  expect(change).toHaveBeenCalledWith("processingSettings", { type: "B", note: "kept" });
});

test("a number is taken as a number, and one beyond its limits is called a mistake", () => {
  const change = vi.fn();
  render(
    <MantineProvider>
      <SettingsForm
        settings={[setting("interval", "long", { min: 1 })]}
        values={{ interval: 0 }}
        nodeType="x"
        messages={[]}
        chains={[]}
        onChange={change}
      />
    </MantineProvider>,
  );
  expect(screen.getByText("At least 1.")).toBeDefined();
  fireEvent.change(screen.getByLabelText("Interval"), { target: { value: "7" } });
  expect(change).toHaveBeenCalledWith("interval", 7);
});
