/// A table that draws only the rows in sight, so ten thousand cost what fifty do. Each row is one link.
import { VisuallyHidden } from "@mantine/core";
import { type LinkProps, useRouter } from "@tanstack/react-router";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type MouseEvent, memo, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import classes from "./VirtualTable.module.css";

export interface Column<T> {
  title: string;
  /// A track of a CSS grid.
  width: string;
  /// Left out where the window is narrow.
  isOptional?: boolean;
  /// Something to press, beside the row's link.
  isTool?: boolean;
  cell: (row: T) => ReactNode;
}

interface VirtualTableProps<T> {
  label: string;
  rows: T[];
  /// How many there are in all, loaded or not.
  rowCount: number;
  rowKey: (row: T) => string;
  columns: Column<T>[];
  link?: (row: T) => LinkProps;
  /// The last loaded row has come into sight.
  onEnd?: () => void;
}

const rowHeight = 46;

export function VirtualTable<T>({
  label,
  rows,
  rowCount,
  rowKey,
  columns,
  link,
  onEnd,
}: VirtualTableProps<T>) {
  const body = useRef<HTMLDivElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => setOffset(body.current?.offsetTop ?? 0), []);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: offset,
  });
  const items = virtual.getVirtualItems();
  const isAtEnd = (items.at(-1)?.index ?? 0) >= rows.length - 1;
  useEffect(() => {
    if (isAtEnd) onEnd?.();
  }, [isAtEnd, onEnd]);

  const tracks = (all: Column<T>[]) => all.map((column) => column.width).join(" ");
  const style = {
    "--tracks": tracks(columns),
    "--narrow-tracks": tracks(columns.filter((column) => !column.isOptional)),
  } as React.CSSProperties;

  return (
    <div role="table" aria-label={label} aria-rowcount={rowCount + 1} className={classes.table} style={style}>
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} className={classes.head}>
          {columns.map((column) => (
            <div key={column.title} role="columnheader" data-optional={column.isOptional || undefined}>
              {column.isTool ? <VisuallyHidden>{column.title}</VisuallyHidden> : column.title}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" ref={body} style={{ height: virtual.getTotalSize(), position: "relative" }}>
        {items.map((item) => {
          const row = rows[item.index] as T;
          return (
            <RowView
              key={rowKey(row)}
              row={row}
              index={item.index}
              top={item.start - offset}
              columns={columns}
              link={link}
            />
          );
        })}
      </div>
    </div>
  );
}

interface RowViewProps<T> {
  row: T;
  index: number;
  top: number;
  columns: Column<T>[];
  link: ((row: T) => LinkProps) | undefined;
}

/// Drawn once while the table is scrolled: a row that stays in sight costs nothing.
const RowView = memo(function RowView<T>({ row, index, top, columns, link }: RowViewProps<T>) {
  const named = columns.findIndex(({ isTool }) => !isTool);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={classes.row}
      data-link={link !== undefined || undefined}
      style={{ height: rowHeight, transform: `translateY(${top}px)` }}
    >
      {columns.map((column, i) => (
        <div
          key={column.title}
          role="cell"
          data-optional={column.isOptional || undefined}
          data-tool={column.isTool || undefined}
          data-named={i === named || undefined}
        >
          {i === named && link ? <RowLink to={link(row)}>{column.cell(row)}</RowLink> : column.cell(row)}
        </div>
      ))}
    </div>
  );
}) as <T>(props: RowViewProps<T>) => ReactNode;

/// A plain anchor: the router's own watches every change of the address, which is too much for each row in sight.
function RowLink({ to, children }: { to: LinkProps; children: ReactNode }) {
  const router = useRouter();
  const { href } = router.buildLocation(to as Parameters<typeof router.buildLocation>[0]);
  const follow = (event: MouseEvent) => {
    const isForBrowser =
      event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
    if (isForBrowser || event.defaultPrevented) return;
    event.preventDefault();
    void router.navigate(to as Parameters<typeof router.navigate>[0]);
  };
  return (
    <a href={href} className={classes.link} onClick={follow}>
      {children}
    </a>
  );
}
