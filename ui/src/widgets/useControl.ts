/// A control's value: what the device says it is, or for a moment what a person has just asked for.
import { useState } from "react";
import type { Json } from "../api/types";
import { notifyFailed } from "../shell/notify";
import { control } from "./commands";
import { useLatestValue } from "./useLatestValue";
import type { WidgetProps } from "./widget";

export function useControl(props: WidgetProps) {
  const latest = useLatestValue(props);
  const [asked, setAsked] = useState<{ value: Json; after: number } | null>(null);
  const [isSending, setSending] = useState(false);
  const isAnswered = asked !== null && latest.ts > asked.after;
  const send = (value: Json) => {
    setAsked({ value, after: latest.ts });
    setSending(true);
    control(props, value)
      .catch((failure) => {
        setAsked(null);
        return notifyFailed(failure);
      })
      .finally(() => setSending(false));
  };
  return { ...latest, value: asked && !isAnswered ? asked.value : latest.value, isSending, send };
}
