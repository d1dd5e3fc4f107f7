import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { ruleChainFiguresQuery } from "../../api/queries";
import type { RuleChainFigures } from "../../api/types";
import { type Activities, activities, type Reading } from "./figures";

const none: Activities = new Map();

/// What each node does, read every two seconds; and what is wrong with the chain.
export function useActivities(ruleChainId: string): [Activities, RuleChainFigures["problems"]] {
  const { data, dataUpdatedAt } = useQuery(ruleChainFiguresQuery(ruleChainId));
  const before = useRef<Reading | null>(null);
  const reading = useMemo(() => (data ? { at: dataUpdatedAt, figures: data } : null), [data, dataUpdatedAt]);
  const shown = useMemo(() => (reading ? activities(reading, before.current) : none), [reading]);
  useEffect(() => {
    before.current = reading;
  }, [reading]);
  return [shown, data?.problems ?? []];
}
