/// How full the disk is.
import { get } from "./http";

export interface Storage {
  usedBytes?: number; // all of these once the first look at the disk is over
  budgetBytes?: number;
  freeBytes?: number;
  bytesPerDay?: number;
  daysDropped?: number;
  daysLeft?: number; // unknown while nothing grows
  oldestTs?: number; // when there is any telemetry
  trouble?: string;
}

export const storageQuery = {
  queryKey: ["storage"],
  queryFn: () => get<Storage>("/api/millrace/storage"),
  refetchInterval: 5_000,
};
