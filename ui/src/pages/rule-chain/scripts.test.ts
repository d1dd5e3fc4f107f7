import { expect, test } from "vitest";
import { scriptsOf } from "./scripts";

const filter = { scriptLang: "TBEL", jsScript: "return 1;", tbelScript: "return 2;" };
const alarm = {
  alarmDetailsBuildJs: "return details;",
  alarmDetailsBuildTbel: "return tbel;",
  alarmType: "High Temperature",
};

test("of a node's scripts the one that runs is shown", () => {
  expect(scriptsOf(filter).scripts).toEqual([["tbelScript", "return 2;"]]);
  expect(scriptsOf({ ...filter, scriptLang: "JS" }).scripts).toEqual([["jsScript", "return 1;"]]);
  expect(scriptsOf({ ...alarm, scriptLang: "JS" }).scripts.map(([name]) => name)).toEqual([
    "alarmDetailsBuildJs",
  ]);
});

test("a node without a language shows every script, and what is no script stays a setting", () => {
  expect(scriptsOf(alarm).scripts).toHaveLength(2);
  expect(scriptsOf(alarm).rest).toEqual({ alarmType: "High Temperature" });
  expect(scriptsOf(filter).rest).toEqual({ scriptLang: "TBEL" });
});
