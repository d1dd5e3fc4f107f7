import { expect, test } from "vitest";
import type { NodeComponent, NodeSetting } from "../../api/types";
import { defaultsOf, isShown, labelsOf, mistakeIn, newNode, nextLabel, settingLabel } from "./nodeForms";

const setting = (name: string, type: string, part: Partial<NodeSetting> = {}): NodeSetting => ({
  name,
  type,
  doc: "",
  default: null,
  ...part,
});

const filter: NodeComponent = {
  type: "FILTER",
  name: "script",
  clazz: "org.thingsboard.rule.engine.filter.TbJsFilterNode",
  configurationVersion: 2,
  configurationDescriptor: {
    nodeDefinition: {
      description: "",
      relationTypes: ["True", "False"],
      customRelations: false,
      settings: [
        setting("scriptLang", "ScriptLanguage", { default: "JS", choices: ["JS", "TBEL"] }),
        setting("jsScript", "String"),
      ],
    },
  },
};

test("a new node has every setting with its default", () => {
  expect(newNode(filter)).toMatchObject({
    type: filter.clazz,
    name: "script",
    configurationVersion: 2,
    configuration: { scriptLang: "JS", jsScript: "return true;" },
  });
});

test("defaults have the type of their setting", () => {
  const fields = [setting("key", "String", { default: "a" })];
  expect(
    defaultsOf([
      setting("on", "boolean", { default: "true" }),
      setting("count", "long", { default: "60" }),
      setting("names", "List", { default: "a, b" }),
      setting("mapping", "Map"),
      setting("result", "Result", { fields }),
    ]),
  ).toEqual({ on: true, count: 60, names: ["a", "b"], mapping: {}, result: { key: "a" } });
});

test("of two scripts the one of the chosen language is shown", () => {
  expect(isShown(setting("tbelScript", "String"), { scriptLang: "TBEL" })).toBe(true);
  expect(isShown(setting("jsScript", "String"), { scriptLang: "TBEL" })).toBe(false);
  expect(isShown(setting("alarmType", "String"), { scriptLang: "TBEL" })).toBe(true);
});

test("a new connection takes the first label that leads nowhere; messages may also fail", () => {
  expect(nextLabel(filter, [])).toBe("True");
  expect(nextLabel(filter, ["True"])).toBe("False");
  expect(labelsOf(filter)).toEqual(["True", "False", "Failure"]);
});

test("names read as words, and a number beyond its limits is a mistake", () => {
  expect(settingLabel("maxPendingMsgs")).toBe("Max pending msgs");
  expect(mistakeIn(setting("n", "int", { min: 1, max: 9 }), 0)).toBe("At least 1.");
  expect(mistakeIn(setting("n", "int", { min: 1, max: 9 }), 5)).toBeNull();
});
