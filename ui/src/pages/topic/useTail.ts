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
  const totals = useRef({ received: 0, sampledOut: 0 });
  const [isPaused, pause] = useState(false);
  const [records, setRecords] = useState<KafkaRecord[]>([]);
  const [figures, setFigures] = useState(nothing);

  const state = useTopicStream(query, isPaused, (batch: RecordBatch) => {
    totals.current = { received: batch.received, sampledOut: batch.sampledOut };
    ring.append(batch.records);
    onRecords?.(batch.records);
  });

  useEffect(() => {
    if (isPaused) return;
    const meter = new Meter();
    let drawn = -1;
    const timer = setInterval(() => {
      const { received } = totals.current;
      const perSecond = meter.perSecond(received, performance.now());
      if (received !== drawn) setRecords(ring.newestFirst());
      if (received !== drawn || perSecond > 0) setFigures({ ...totals.current, perSecond });
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
