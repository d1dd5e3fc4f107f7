/// A topic's stream for as long as a component shows it.
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { freshToken } from "../api/http";
import {
  type RecordBatch,
  TopicStream,
  type TopicStreamQuery,
  type TopicStreamState,
  topicStreamUrl,
} from "./topicStream";

export function useTopicStream(
  query: TopicStreamQuery,
  isPaused: boolean,
  onBatch: (batch: RecordBatch) => void,
): TopicStreamState {
  const [state, setState] = useState<TopicStreamState>({ phase: "connecting" });
  const stream = useRef<TopicStream | null>(null);
  const received = useEffectEvent(onBatch);
  const pause = useEffectEvent(() => stream.current?.pause(isPaused));
  const { topic, from, key = "", contains = "" } = query;
  useEffect(() => {
    stream.current = new TopicStream(
      (token) => topicStreamUrl({ topic, from, key, contains }, token),
      freshToken,
      { onBatch: (batch) => received(batch), onState: setState },
    );
    pause();
    return () => stream.current?.close();
  }, [topic, from, key, contains]);
  useEffect(() => stream.current?.pause(isPaused), [isPaused]);
  return state;
}
