/// What Explore shows, as it stands in the address: which values, over which time, how aggregated.

export interface SeriesName {
  deviceId: string;
  key: string;
}

export const spans: Record<string, number> = {
  "15m": 900_000,
  "1h": 3_600_000,
  "6h": 21_600_000,
  "1d": 86_400_000,
  "7d": 604_800_000,
  "30d": 2_592_000_000,
  "1y": 31_536_000_000,
};

export const aggregations = ["NONE", "AVG", "MIN", "MAX", "SUM", "COUNT"] as const;
export type Aggregation = (typeof aggregations)[number];

export const intervals = ["auto", "HOUR", "DAY", "WEEK_ISO", "MONTH"] as const;
export type BucketInterval = (typeof intervals)[number];

export const seriesMax = 8;
const buckets = 200;
const pointsMax = 10_000;

/// "device:key,device:key"; keys may hold any character.
export function parseSeries(text: string | undefined): SeriesName[] {
  return (text ?? "")
    .split(",")
    .flatMap((part) => {
      const at = part.indexOf(":");
      return at <= 0 ? [] : [{ deviceId: part.slice(0, at), key: decoded(part.slice(at + 1)) }];
    })
    .filter(({ key }) => key !== "")
    .slice(0, seriesMax);
}

export function seriesText(series: SeriesName[]): string {
  return series.map(({ deviceId, key }) => `${deviceId}:${encodeURIComponent(key)}`).join(",");
}

export interface Range {
  fromTs: number;
  untilTs: number;
}

/// The parameters of ThingsBoard's history request: as drawn without aggregation, or in buckets.
export function historyParameters(
  key: string,
  { fromTs, untilTs }: Range,
  aggregation: Aggregation,
  interval: BucketInterval,
  pixels: number,
): Record<string, string | number | boolean> {
  const common = {
    keys: key,
    startTs: fromTs,
    endTs: untilTs,
    limit: pointsMax,
    orderBy: "ASC",
    useStrictDataTypes: true,
  };
  if (aggregation === "NONE") return { ...common, pixels };
  if (interval === "auto")
    return {
      ...common,
      agg: aggregation,
      interval: Math.max(1_000, Math.ceil((untilTs - fromTs) / buckets)),
    };
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return { ...common, agg: aggregation, intervalType: interval, timeZone };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
