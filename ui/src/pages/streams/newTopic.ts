/// What a person types about a new topic, checked before it is sent.

export const partitionsMax = 1_000;

/// Why Kafka would not take this name, in English, or null.
export function refusedName(name: string): string | null {
  if (name === "") return "A topic needs a name.";
  if (name === "." || name === "..") return "“.” and “..” cannot be names.";
  if (!/^[\w.-]+$/.test(name)) return "Only letters, digits, “.”, “_” and “-” can be in a name.";
  return name.length > 249 ? "A name has at most 249 characters." : null;
}

/// Lines of name=value; empty ones are skipped. The first line that is neither is named, from 1.
export function parseConfigs(text: string): { values: Record<string, string> } | { line: number } {
  const values: Record<string, string> = {};
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const [name, value] = split(line);
    if (!name || value === "") return { line: index + 1 };
    values[name] = value;
  }
  return { values };
}

function split(line: string): [string, string] {
  const at = line.indexOf("=");
  return at < 0 ? ["", ""] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}
