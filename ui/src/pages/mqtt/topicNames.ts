/// Why a person cannot publish to this topic, in English, or null.
export function refusedTopic(topic: string): string | null {
  if (topic === "") return "A topic needs a name.";
  if (/[+#]/.test(topic)) return "“+” and “#” are for subscribing; a message has one topic.";
  if (topic.startsWith("$")) return "Topics that begin with “$” are the broker's own.";
  if (topic.includes("\0")) return "A topic cannot contain the character U+0000.";
  return new TextEncoder().encode(topic).length > 65_535 ? "A topic has at most 65,535 bytes." : null;
}
