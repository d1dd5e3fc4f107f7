import type { Json } from "../api/types";

/// Hands the browser a JSON file to save.
export function download(name: string, content: Json): void {
  saveFile(name, JSON.stringify(content, null, 2), "application/json");
}

export function saveFile(name: string, text: string, type: string): void {
  const file = new Blob([text], { type });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name.replaceAll(/[/\\:]/g, "-");
  link.click();
  URL.revokeObjectURL(link.href);
}
