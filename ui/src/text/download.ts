import type { Json } from "../api/types";

/// Hands the browser a JSON file to save.
export function download(name: string, content: Json): void {
  const file = new Blob([JSON.stringify(content, null, 2)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name.replaceAll(/[/\\:]/g, "-");
  link.click();
  URL.revokeObjectURL(link.href);
}
