import { expect, test } from "vitest";
import type { Source } from "../../api/kafka";
import { filled, toSend, wanted } from "./sourceForm";

const kept: Source = {
  id: "1",
  name: "trucks",
  topicPattern: "trucks",
  format: "PLAIN",
  status: { state: "RUNNING" },
};

test("a new source has the server's defaults and wants a topic", () => {
  const form = filled(null);
  expect(form).toMatchObject({ format: "JSON", deviceFrom: "KEY", autoCreate: true, enabled: true });
  expect(Object.keys(wanted(form))).toEqual(["topicPattern"]);
  expect(wanted({ ...form, topicPattern: "trucks" })).toEqual({});
});

test("a kept source is shown with what it has", () => {
  expect(filled(kept)).toMatchObject({ name: "trucks", format: "PLAIN", deviceFrom: "KEY" });
});

test("what the form does not show is sent back as it was, the status is not", () => {
  const more = { ...kept, valuesPath: "data", registryPassword: "********" } as Source;
  const sent = toSend(more, { ...filled(more), content: "ATTRIBUTES" });
  expect(sent).toMatchObject({
    id: "1",
    valuesPath: "data",
    registryPassword: "********",
    content: "ATTRIBUTES",
  });
  expect(sent).not.toHaveProperty("status");
});

test("a source without a name takes that of its topic", () =>
  expect(toSend(null, { ...filled(null), topicPattern: "trucks" }).name).toBe("trucks"));

test("a schema wants a registry and a field its path", () => {
  const form = { ...filled(null), topicPattern: "t" };
  expect(Object.keys(wanted({ ...form, format: "AVRO", registryUrl: "registry" }))).toEqual(["registryUrl"]);
  expect(wanted({ ...form, format: "AVRO", registryUrl: "http://registry:8081" })).toEqual({});
  expect(Object.keys(wanted({ ...form, deviceFrom: "FIELD" }))).toEqual(["deviceSelector"]);
});
