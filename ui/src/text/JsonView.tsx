/// A JSON value as a tree that opens and closes; long lists are drawn a part at a time.
import { Anchor } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Json } from "../api/types";
import classes from "./JsonView.module.css";

const openDepth = 3;
const childrenShown = 100;

export function JsonView({ value }: { value: Json }) {
  return (
    <div className={classes.view}>
      <Node value={value} depth={0} />
    </div>
  );
}

interface NodeProps {
  name?: string;
  value: Json;
  depth: number;
}

function Node({ name, value, depth }: NodeProps) {
  const key = name !== undefined && (
    <>
      <span className={classes.key}>{name}</span>
      <span className={classes.punctuation}>: </span>
    </>
  );
  if (typeof value === "object" && value !== null && Object.keys(value).length > 0)
    return <Branch label={key} value={value} depth={depth} />;
  return (
    <div>
      {key}
      <span className={classes[kindOf(value)]}>{JSON.stringify(value)}</span>
    </div>
  );
}

interface BranchProps {
  label: React.ReactNode;
  value: Json[] | { [key: string]: Json };
  depth: number;
}

function Branch({ label, value, depth }: BranchProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(childrenShown);
  const entries = Object.entries(value);
  const size = Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`;
  return (
    <details open={depth < openDepth}>
      <summary className={classes.summary}>
        {label}
        <span className={classes.punctuation}>{size}</span>
      </summary>
      <div className={classes.children}>
        {entries.slice(0, shown).map(([key, child]) => (
          <Node key={key} name={key} value={child} depth={depth + 1} />
        ))}
        {entries.length > shown && (
          <Anchor component="button" size="sm" onClick={() => setShown(shown + childrenShown)}>
            {t("Show more of {{total}}", { total: entries.length })}
          </Anchor>
        )}
      </div>
    </details>
  );
}

function kindOf(value: Json): "string" | "number" | "word" | "punctuation" {
  if (typeof value === "string") return "string";
  if (typeof value === "number") return "number";
  return typeof value === "object" && value !== null ? "punctuation" : "word";
}
