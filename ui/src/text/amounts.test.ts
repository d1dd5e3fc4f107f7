import { expect, test } from "vitest";
import { bytesText, countText, rateText } from "./amounts";

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_000, "1 kB"],
  [1_234_567, "1.23 MB"],
  [5e15, "5,000 TB"],
])("%d bytes are %s", (bytes, text) => expect(bytesText(bytes, "en")).toBe(text));

test("large counts are shortened, small ones are exact", () => {
  expect(countText(99_999, "en")).toBe("99,999");
  expect(countText(1_234_567, "en")).toBe("1.235M");
});

test("rates keep three digits", () => {
  expect(rateText(0.3333, "en")).toBe("0.333/s");
  expect(rateText(5012, "en")).toBe("5.012K/s");
});
