import { expect, test } from "vitest";
import { safeHtml } from "./safeHtml";

test("Markdown becomes HTML, also with HTML in it", () => {
  expect(safeHtml("# Hi\n\n**bold** <em>x</em>")).toContain("<strong>bold</strong> <em>x</em>");
});

test.each([
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "[a](javascript:alert(1))",
  "<iframe src='/'></iframe>",
  "<svg onload=alert(1)>",
  "<style>body{display:none}</style>",
  "<form action='/api'><input name=a></form>",
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
])("nothing of %s acts", (text) => {
  expect(safeHtml(text)).not.toMatch(/script|onerror|onload|iframe|<style|<form|<input|data:text/i);
});

test("pictures from elsewhere are not loaded, one's own are", () => {
  expect(safeHtml("![a](https://elsewhere.example/a.png)")).not.toContain("elsewhere");
  expect(safeHtml("![a](//elsewhere.example/a.png)")).not.toContain("elsewhere");
  expect(safeHtml("![a](/icon.svg)")).toContain('src="/icon.svg"');
});

test("a link to elsewhere opens beside and tells nothing", () => {
  expect(safeHtml("[a](https://elsewhere.example)")).toMatch(/rel="noopener noreferrer".*target="_blank"/);
});
