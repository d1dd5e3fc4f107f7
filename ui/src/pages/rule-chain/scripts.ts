/// Which of a node's settings are code. A node keeps one script per language and runs the one that
/// `scriptLang` names; the others are not shown.
import type { Json } from "../../api/types";

type Configuration = Record<string, Json>;

export function scriptsOf(configuration: Configuration): {
  scripts: [string, string][];
  rest: Configuration;
} {
  const entries = Object.entries(configuration);
  const isTbel = configuration.scriptLang === "TBEL";
  const runs = ([name]: [string, Json]) => !("scriptLang" in configuration) || /tbel/i.test(name) === isTbel;
  return {
    scripts: entries.filter(isScript).filter(runs) as [string, string][],
    rest: Object.fromEntries(entries.filter((entry) => !isScript(entry))),
  };
}

function isScript([name, value]: [string, Json]): boolean {
  return (
    typeof value === "string" && value !== "" && /(script|js$|tbel)/i.test(name) && name !== "scriptLang"
  );
}
