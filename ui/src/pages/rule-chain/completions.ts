/// What a script may name: the parts of the messages that came lately.
import type { Json, RecentMessage } from "../../api/types";

const depthMax = 3;
const namesMax = 300;

export function namesIn(messages: RecentMessage[]): string[] {
  const names = new Set(["msg", "metadata", "msgType"]);
  for (const { msg, metadata } of messages) {
    collect("msg", msg, names, 0);
    collect("metadata", metadata, names, 0);
  }
  return [...names];
}

function collect(path: string, value: Json, names: Set<string>, depth: number): void {
  if (typeof value !== "object" || value === null || Array.isArray(value) || depth >= depthMax) return;
  for (const [key, child] of Object.entries(value)) {
    if (names.size >= namesMax) return;
    const name = /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key)
      ? `${path}.${key}`
      : `${path}[${JSON.stringify(key)}]`;
    names.add(name);
    collect(name, child, names, depth + 1);
  }
}
