import { expect, test } from "vitest";
import type { KafkaRecord } from "../api/kafka";
import { RecordRing } from "./recordRing";

const record = (offset: number) => ({ offset }) as KafkaRecord;
const offsets = (ring: RecordRing) => ring.newestFirst().map(({ offset }) => offset);

test("the newest come first", () => {
  const ring = new RecordRing(4);
  ring.append([1, 2].map(record));
  ring.append([3].map(record));
  expect(offsets(ring)).toEqual([3, 2, 1]);
  expect(ring.at(0)?.offset).toBe(3);
  expect(ring.at(3)).toBeUndefined();
});

test("when full the oldest make room, also for a batch larger than the ring", () => {
  const ring = new RecordRing(3);
  ring.append([1, 2, 3, 4].map(record));
  expect(offsets(ring)).toEqual([4, 3, 2]);
  ring.append([5, 6].map(record));
  expect(offsets(ring)).toEqual([6, 5, 4]);
  ring.append(Array.from({ length: 10 }, (_, i) => record(10 + i)));
  expect(offsets(ring)).toEqual([19, 18, 17]);
  ring.clear();
  expect(offsets(ring)).toEqual([]);
});
