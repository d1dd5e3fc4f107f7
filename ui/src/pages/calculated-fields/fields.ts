/// Calculated fields as the form makes them: ThingsBoard's JSON of the simple and the script kind.
import { get, post } from "../../api/http";
import type { EntityId, Page } from "../../api/types";

export interface CalculatedField {
  id: { id: string };
  name: string;
  type: string;
  configuration: { expression?: string; output?: { name?: string; type?: string } };
}

export interface Argument {
  name: string;
  key: string;
  source: "TS_LATEST" | "ATTRIBUTE";
}

export interface NewField {
  name: string;
  type: "SIMPLE" | "SCRIPT";
  arguments: Argument[];
  expression: string;
  output: string;
  decimals: string;
}

export const firstField: NewField = {
  name: "",
  type: "SIMPLE",
  arguments: [{ name: "a", key: "", source: "TS_LATEST" }],
  expression: "a * 2",
  output: "",
  decimals: "",
};

export const fieldsKey = (entity: EntityId) => ["calculated-fields", entity.id];

export const readFields = (entity: EntityId) =>
  get<Page<CalculatedField>>(`/api/${entity.entityType}/${entity.id}/calculatedFields`, {
    pageSize: 100,
    page: 0,
    sortProperty: "name",
    sortOrder: "ASC",
  });

export function configuration(field: NewField) {
  const named = field.arguments.map(({ name, key, source }) => [
    name.trim(),
    {
      refEntityKey: {
        key: key.trim(),
        type: source,
        ...(source === "ATTRIBUTE" ? { scope: "SERVER_SCOPE" } : {}),
      },
    },
  ]);
  const decimals = field.decimals.trim();
  return {
    type: field.type,
    arguments: Object.fromEntries(named),
    expression: field.expression,
    output: {
      type: "TIME_SERIES",
      ...(field.type === "SIMPLE" ? { name: field.output.trim() } : {}),
      ...(decimals === "" ? {} : { decimalsByDefault: Number(decimals) }),
    },
    useLatestTs: true,
  };
}

export const isComplete = (field: NewField) =>
  field.name.trim() !== "" &&
  field.expression.trim() !== "" &&
  (field.type === "SCRIPT" || field.output.trim() !== "") &&
  field.arguments.every(({ name, key }) => name.trim() !== "" && key.trim() !== "");

export const makeField = (entity: EntityId, field: NewField) =>
  post("/api/calculatedField", {
    entityId: entity,
    type: field.type,
    name: field.name.trim(),
    configurationVersion: 1,
    configuration: configuration(field),
  });

/// What the script gives for these values; a fault comes back as a text.
export async function tryScript(field: NewField, values: Record<string, unknown>): Promise<string> {
  const ts = Date.now();
  const given = Object.entries(values).map(([name, value]) => [name, { type: "SINGLE_VALUE", ts, value }]);
  const { output, error } = await post<{ output: string; error: string }>("/api/calculatedField/testScript", {
    expression: field.type === "SCRIPT" ? field.expression : `return ${field.expression};`,
    arguments: Object.fromEntries(given),
  });
  return error === "" ? output : error;
}
