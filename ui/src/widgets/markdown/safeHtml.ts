/// Markdown, which may hold HTML, as HTML that can neither run nor load anything from elsewhere.
import DOMPurify from "dompurify";
import { marked } from "marked";

const own = /^(?:\/(?!\/)|#|data:image\/(?:png|jpeg|gif|webp);)/;

export function safeHtml(text: string): string {
  const purify = DOMPurify();
  purify.addHook("afterSanitizeAttributes", (node) => {
    const src = node.getAttribute("src");
    if (src !== null && !own.test(src)) node.removeAttribute("src");
    if (node.tagName !== "A") return;
    node.setAttribute("rel", "noopener noreferrer");
    if (!own.test(node.getAttribute("href") ?? "")) node.setAttribute("target", "_blank");
  });
  return purify.sanitize(marked.parse(text, { async: false }), {
    FORBID_TAGS: ["style", "form", "input", "button", "textarea", "select", "iframe", "object", "embed"],
    FORBID_ATTR: ["style", "srcset", "poster", "background", "id", "class"],
    ALLOW_DATA_ATTR: false,
  });
}
