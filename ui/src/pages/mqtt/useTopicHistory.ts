/// What was seen of a topic since its panel was opened: looked at once a second, so that of a faster topic only
/// some messages are here; each entry says how many passed since the one before.
import { useEffect, useState } from "react";
import type { TopicLevel } from "../../api/mqtt";

export interface SeenMessage {
  at: number;
  payload: string;
  /// Messages since the one seen before, this one included; 0 for the first.
  passed: number;
  /// The broker's counter when it was seen.
  messages: number;
}

const seenMax = 200;

/// Newest first.
export function useTopicHistory(level: TopicLevel | null | undefined): SeenMessage[] {
  const [seen, setSeen] = useState<SeenMessage[]>([]);
  const { lastAt, payload, messages } = level ?? {};
  useEffect(() => {
    if (lastAt === undefined || payload === undefined || messages === undefined) return;
    setSeen((old) => {
      const newest = old[0];
      if (newest && newest.messages === messages && newest.payload === payload) return old;
      const passed = newest ? messages - newest.messages : 0;
      return [{ at: lastAt, payload, passed, messages }, ...old].slice(0, seenMax);
    });
  }, [lastAt, payload, messages]);
  return seen;
}
