import { expect, test } from "vitest";
import { Sprites } from "./sprites";

const [width, height] = [20, 10];

function stamped(x: number, y: number): Uint32Array {
  const paper = new Uint32Array(width * height);
  new Sprites(7).stamp(paper, width, height, x, y, 0);
  return paper;
}

test("a marker is opaque in its middle, in its color, and round", () => {
  const paper = stamped(10, 5);
  expect(paper[5 * width + 10]?.toString(16)).toBe("ff75660a");
  expect(paper[5 * width + 10 - 5]).toBe(0);
  expect(paper[1 * width + 6]).toBe(0);
});

test("a marker moves by parts of a pixel", () => {
  expect(stamped(10.25, 5)).not.toEqual(stamped(10, 5));
  expect(stamped(10.1, 5)).toEqual(stamped(10, 5));
});

test("a marker at the edge is cut off and does not come out at the other side", () => {
  const paper = stamped(0, 5);
  expect(paper[5 * width]).not.toBe(0);
  for (let row = 0; row < height; row++)
    for (let column = 10; column < width; column++) expect(paper[row * width + column]).toBe(0);
});

test.each([
  [-30, 5],
  [50, 5],
  [10, -30],
  [10, 40],
])("nothing is drawn at %d, %d", (x, y) => {
  const paper = new Uint32Array(width * height);
  expect(new Sprites(7).stamp(paper, width, height, x, y, 0)).toBe(false);
  expect(paper.every((pixel) => pixel === 0)).toBe(true);
});
