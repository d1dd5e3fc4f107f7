/// The tree itself: only the rows in sight are drawn, changes flash, values are edited in place.
/// Keys: arrows move, open and close; Enter edits; Insert adds a child; Delete deletes.
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./LiveTree.module.css";
import { AddRow, TreeRowView } from "./TreeRowView";
import { isBranch, rowsOf, type TreeRow } from "./tree";
import type { LiveValue } from "./useDatabase";
import { useTreeWrites } from "./useTreeWrites";

const pageSize = 500;
const rowHeight = 34;

interface LiveTreeProps {
  live: LiveValue;
  origin: string;
  database: string;
  /// What the tree's root is, within the database.
  path: string;
}

type Mode = { path: string; kind: "edit" | "add" } | null;

export function LiveTree({ live, origin, database, path }: LiveTreeProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<ReadonlySet<string>>(() => firstOpen(live.value ?? null));
  const [shown, setShown] = useState<ReadonlyMap<string, number>>(new Map());
  const [current, setCurrent] = useState("/");
  const [mode, setMode] = useState<Mode>(null);
  const writes = useTreeWrites(origin, database, path);
  const rootKey = path === "/" ? database : (path.split("/").at(-1) ?? path);
  const rows = useMemo(
    () => withAddRow(rowsOf(live.value ?? null, open, shown, pageSize, rootKey), mode),
    [live.value, open, shown, rootKey, mode],
  );
  const flashes = useFlashes(live, rows);

  const body = useRef<HTMLDivElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => setOffset(body.current?.getBoundingClientRect().top ?? 0), []);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    overscan: 20,
    scrollMargin: offset,
    getItemKey: (index) => keyOf(rows[index] as TreeRow),
  });

  const toggle = (row: TreeRow, isOpen = !row.isOpen) => {
    const next = new Set(open);
    if (isOpen) next.add(row.path);
    else next.delete(row.path);
    setOpen(next);
  };
  const startAdd = (row: TreeRow) => {
    toggle(row, true);
    setMode({ path: row.path, kind: "add" });
  };
  const moveTo = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row || row.more) return;
    setCurrent(row.path);
    virtual.scrollToIndex(rows.indexOf(row));
    requestAnimationFrame(() => rowElement(body.current, row.path)?.focus());
  };

  const onKey = (event: React.KeyboardEvent, row: TreeRow, index: number) => {
    if (event.target !== event.currentTarget) return;
    const act = () => {
      switch (event.key) {
        case "ArrowDown":
          return () => moveTo(index + 1);
        case "ArrowUp":
          return () => moveTo(index - 1);
        case "Home":
          return () => moveTo(0);
        case "End":
          return () => moveTo(rows.length - 1);
        case "ArrowRight":
          return row.isOpen ? () => moveTo(index + 1) : () => toggle(row, true);
        case "ArrowLeft":
          return row.isOpen ? () => toggle(row, false) : () => moveTo(parentIndex(rows, index));
        case "Enter":
          return isBranch(row.value) ? () => toggle(row) : () => setMode({ path: row.path, kind: "edit" });
        case "Insert":
          return () => startAdd(row);
        case "Delete":
          return () => void writes.drop(row);
      }
    };
    const action = act();
    if (!action) return;
    event.preventDefault();
    action();
  };

  return (
    <div
      role="treegrid"
      aria-label={t("Values of {{database}}", { database })}
      aria-rowcount={rows.length}
      className={classes.tree}
    >
      <div ref={body} role="rowgroup" style={{ height: virtual.getTotalSize(), position: "relative" }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index] as TreeRow;
          const style = { height: rowHeight, transform: `translateY(${item.start - offset}px)` };
          if (row.more === -1)
            return (
              <AddRow
                key={item.key}
                style={style}
                depth={row.depth}
                onSave={(key, value) => writes.add(row.path, key, value)}
                onClose={() => setMode(null)}
              />
            );
          return (
            <TreeRowView
              key={item.key}
              row={row}
              index={item.index}
              style={style}
              base={path}
              database={database}
              flash={flashes.get(row.path) ?? null}
              isCurrent={row.path === current}
              isEdited={mode?.kind === "edit" && mode.path === row.path}
              onFocus={() => setCurrent(row.path)}
              onKey={(event) => onKey(event, row, item.index)}
              onToggle={() => toggle(row)}
              onMore={() =>
                setShown(new Map(shown).set(row.path, (shown.get(row.path) ?? pageSize) + pageSize))
              }
              onEdit={() => setMode({ path: row.path, kind: "edit" })}
              onAdd={() => startAdd(row)}
              onDrop={() => void writes.drop(row)}
              onSave={(value) => writes.save(row, value)}
              onClose={() => setMode(null)}
            />
          );
        })}
      </div>
    </div>
  );
}

export interface Flash {
  kind: "put" | "patch";
  version: number;
}

/// Which rows flash: a change inside a closed branch shows on the branch.
function useFlashes({ changed, kind, version }: LiveValue, rows: TreeRow[]): ReadonlyMap<string, Flash> {
  const flashes = useRef(new Map<string, Flash>());
  const seen = useRef(version);
  if (seen.current !== version) {
    seen.current = version;
    const inSight = new Set(rows.map((row) => row.path));
    for (const path of changed) {
      let at = path;
      while (at !== "/" && !inSight.has(at)) at = at.slice(0, at.lastIndexOf("/")) || "/";
      flashes.current.set(at, { kind, version });
    }
  }
  useEffect(() => {
    const timer = setTimeout(() => flashes.current.clear(), 2_000);
    return () => clearTimeout(timer);
  });
  return flashes.current;
}

// The root, and the branches below it as long as there are few.
function firstOpen(value: LiveValue["value"]): ReadonlySet<string> {
  const open = new Set(["/"]);
  if (value !== undefined && isBranch(value) && Object.keys(value).length <= 20)
    for (const [key, child] of Object.entries(value))
      if (isBranch(child) && Object.keys(child).length <= 20) open.add(`/${key}`);
  return open;
}

// The form for a new child stands right below its parent, as a row of its own.
function withAddRow(rows: TreeRow[], mode: Mode): TreeRow[] {
  if (mode?.kind !== "add") return rows;
  const at = rows.findIndex((row) => row.path === mode.path && !row.more);
  const parent = rows[at];
  if (!parent) return rows;
  const form = { ...parent, key: "", depth: parent.depth + 1, more: -1 };
  return [...rows.slice(0, at + 1), form, ...rows.slice(at + 1)];
}

function keyOf(row: TreeRow): string {
  return row.more ? `${row.path} ${row.more < 0 ? "add" : "more"}` : row.path;
}

function parentIndex(rows: TreeRow[], index: number): number {
  const depth = rows[index]?.depth ?? 0;
  let at = index;
  while (at > 0 && (rows[at]?.depth ?? 0) >= depth) at--;
  return at;
}

function rowElement(body: HTMLElement | null, path: string): HTMLElement | null {
  return body?.querySelector(`[data-path="${CSS.escape(path)}"]`) ?? null;
}
