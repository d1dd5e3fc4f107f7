/// The newest records of a topic, ready to be drawn a few times a second however many come.
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { KafkaRecord } from "../../api/kafka";
import { RecordRing } from "../../live/recordRing";
import type { RecordBatch, TopicStreamQuery, TopicStreamState } from "../../live/topicStream";
import { useTopicStream } from "../../live/useTopicStream";

const kept = 1_000;
const drawEveryMs = 200;

export interface TailFigures {
  received: number;
  sampledOut: number;
  perSecond: number;
}

export interface Tail {
  /// Newest first.
  records: KafkaRecord[];
  figures: TailFigures;
  state: TopicStreamState;
  isPaused: boolean;
  pause: (isPaused: boolean) => void;
  clear: () => void;
}

const nothing: TailFigures = { received: 0, sampledOut: 0, perSecond: 0 };

export function useTail(query: TopicStreamQuery, onRecords?: (records: KafkaRecord[]) => void): Tail {
  const ring = useMemo(() => new RecordRing(kept), []);
  const totals = useRef(new Totals());
  const [isPaused, pause] = useState(false);
  const [records, setRecords] = useState<KafkaRecord[]>([]);
  const [figures, setFigures] = useState(nothing);

  const { topic, from, key, contains } = query;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question begins from nothing
  useEffect(() => {
    totals.current = new Totals();
    ring.clear();
    setRecords([]);
    setFigures(nothing);
  }, [ring, topic, from, key, contains]);

  const state = useTopicStream(query, isPaused, (batch: RecordBatch) => {
    totals.current.add(batch);
    ring.append(batch.records);
    onRecords?.(batch.records);
  });

  useEffect(() => {
    if (isPaused) return;
    const meter = new Meter();
    let drawn = -1;
    const timer = setInterval(() => {
      const { received, sampledOut } = totals.current;
      const perSecond = meter.perSecond(received, performance.now());
      if (received !== drawn) setRecords(ring.newestFirst());
      if (received !== drawn || perSecond > 0) setFigures({ received, sampledOut, perSecond });
      drawn = received;
    }, drawEveryMs);
    return () => clearInterval(timer);
  }, [isPaused, ring]);

  const clear = useCallback(() => {
    ring.clear();
    setRecords([]);
  }, [ring]);
  return { records, figures, state, isPaused, pause, clear };
}

/// Counts over reconnects: each connection counts from zero.
class Totals {
  private earlier = { received: 0, sampledOut: 0 };
  private current = { received: 0, sampledOut: 0 };

  add({ received, sampledOut }: RecordBatch): void {
    if (received < this.current.received)
      this.earlier = { received: this.received, sampledOut: this.sampledOut };
    this.current = { received, sampledOut };
  }

  get received(): number {
    return this.earlier.received + this.current.received;
  }

  get sampledOut(): number {
    return this.earlier.sampledOut + this.current.sampledOut;
  }
}

const meterSpanMs = 2_000;

/// A rate over the last two seconds of a count.
class Meter {
  private readonly readings: { at: number; count: number }[] = [];

  perSecond(count: number, at: number): number {
    this.readings.push({ at, count });
    while (this.readings.length > 2 && at - (this.readings[0]?.at ?? at) > meterSpanMs) this.readings.shift();
    const first = this.readings[0] ?? { at, count };
    return at > first.at ? Math.max(0, ((count - first.count) * 1000) / (at - first.at)) : 0;
  }
}
