/// The courses of several devices on one time axis.
import { useCallback, useEffect, useRef, useState } from "react";
import uPlot from "uplot";
import { get } from "../../api/http";
import { history } from "../../api/queries";
import type { TsValue } from "../../api/types";
import { isLive, type TimeWindow } from "../../dashboards/timeWindow";
import { feed } from "../../live";
import { Course, rowsOf } from "../live-chart/course";
import type { WidgetSource } from "../widget";

type Columns = uPlot.AlignedData;

export interface Courses {
  read: () => Columns;
  onChange: (listener: () => void) => () => void;
  failure: Error | null;
}

const empty: Columns = [new Float64Array(0)];

export function useCourses(sources: WidgetSource[], window: TimeWindow): Courses {
  const [failure, setFailure] = useState<Error | null>(null);
  const current = useRef<() => Columns>(() => empty);
  const listeners = useRef(new Set<() => void>());
  const [version, setVersion] = useState(0);
  const key = JSON.stringify(sources.map(({ deviceId, entityType, keys }) => [deviceId, entityType, keys]));
  useEffect(() => {
    const tell = () => {
      for (const listener of listeners.current) listener();
    };
    const asked = (JSON.parse(key) as [string, string | null, string[]][]).filter(
      ([id, , keys]) => id !== "" && keys.length > 0,
    );
    setFailure(null);
    if (!isLive(window)) {
      let isStopped = false;
      Promise.all(asked.map(([id, type, keys]) => stored(id, type ?? "DEVICE", keys, window)))
        .then((tables) => {
          if (isStopped) return;
          const joined = joinedColumns(tables);
          current.current = () => joined;
          tell();
          setVersion((n) => n + 1);
        })
        .catch(setFailure);
      return () => {
        isStopped = true;
      };
    }
    const courses = asked.map(
      ([id, type, keys]) =>
        [
          feed(id, type ?? "DEVICE"),
          new Course(keys, window.liveMs, (range) => read(id, type, keys, range), tell),
        ] as const,
    );
    const ends = courses.map(([from, course]) => course.start(from));
    current.current = () => joinedColumns(courses.map(([, course]) => course.columns.view()));
    setVersion((n) => n + 1);
    return () => {
      for (const end of ends) end();
    };
  }, [key, window]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version has other courses
  const readNow = useCallback(() => current.current(), [version]);
  const onChange = useCallback((listener: () => void) => {
    listeners.current.add(listener);
    return () => void listeners.current.delete(listener);
  }, []);
  return { read: readNow, onChange, failure };
}

function read(
  id: string,
  type: string | null,
  keys: string[],
  range: { fromTs: number; untilTs: number; limit: number },
) {
  if (!type || type === "DEVICE") return history(id, keys, range);
  return points(id, type, keys, range);
}

async function stored(id: string, type: string, keys: string[], range: { fromTs: number; untilTs: number }) {
  const rows = rowsOf(keys, await points(id, type, keys, range));
  const times = [...new Set(rows.map(([time]) => time))];
  const at = new Map(times.map((time, i) => [time, i]));
  const columns = keys.map(() => new Array<number | null>(times.length).fill(null));
  for (const [time, series, value] of rows)
    (columns[series] as (number | null)[])[at.get(time) as number] = value;
  return [times, ...columns] as Columns;
}

function points(
  id: string,
  type: string,
  keys: string[],
  { fromTs, untilTs }: { fromTs: number; untilTs: number },
): Promise<Record<string, TsValue[]>> {
  return get(`/api/plugins/telemetry/${type}/${id}/values/timeseries`, {
    keys: keys.join(","),
    startTs: fromTs,
    endTs: untilTs,
    limit: 10_000,
    orderBy: "ASC",
    useStrictDataTypes: true,
    ...(untilTs - fromTs > 6 * 3_600_000 && { agg: "AVG", interval: Math.ceil((untilTs - fromTs) / 1_000) }),
  });
}

function joinedColumns(tables: Columns[]): Columns {
  const [only] = tables;
  if (!only) return empty;
  return tables.length === 1 ? only : uPlot.join(tables);
}

/// As many columns as the chart has series: one that is still on its way is empty, not absent.
export function whole(columns: uPlot.AlignedData, count: number): uPlot.AlignedData {
  const [times, ...rest] = columns;
  const missing = Math.max(0, count - columns.length);
  const empties = Array.from({ length: missing }, () => new Array<null>(times.length).fill(null));
  return [times, ...rest, ...empties];
}
