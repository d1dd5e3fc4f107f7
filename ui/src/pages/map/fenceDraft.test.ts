import { expect, test } from "vitest";
import type { RuleNode } from "../../api/types";
import {
  attributeOf,
  type FenceShape,
  isFenced,
  isWhole,
  placed,
  shapeOfAttribute,
  shapeOfNode,
  withFence,
} from "./fenceDraft";

const type = "org.thingsboard.rule.engine.geo.TbGpsGeofencingFilterNode";
const node = (configuration: RuleNode["configuration"]): RuleNode => ({
  id: { entityType: "RULE_NODE", id: "n" },
  type,
  name: "Yard",
  configuration,
});
const triangle: FenceShape = {
  type: "POLYGON",
  corners: [
    { latitude: 1, longitude: 2 },
    { latitude: 3, longitude: 4 },
    { latitude: 5, longitude: 0 },
  ],
};

test("a node's circle is read in metres and written back", () => {
  const settings = {
    perimeterType: "CIRCLE",
    centerLatitude: 50,
    centerLongitude: 14,
    range: 2,
    rangeUnit: "KILOMETER",
  };
  const shape = shapeOfNode(node(settings));
  expect(shape).toEqual({ type: "CIRCLE", centre: { latitude: 50, longitude: 14 }, radiusM: 2000 });
  const [changed] = withFence(
    { ruleChainId: { entityType: "", id: "" }, firstNodeIndex: 0, nodes: [node(settings)], connections: [] },
    "n",
    shape,
  ).nodes;
  expect(changed?.configuration).toMatchObject({ range: 2000, rangeUnit: "METER" });
});

test("corners survive the way through ThingsBoard's text, closed or not", () => {
  const [changed] = withFence(
    { ruleChainId: { entityType: "", id: "" }, firstNodeIndex: 0, nodes: [node({})], connections: [] },
    "n",
    triangle,
  ).nodes;
  expect(shapeOfNode(changed as RuleNode)).toEqual(triangle);
  expect(shapeOfAttribute("[[1,2],[3,4],[5,0],[1,2]]")).toEqual(triangle);
  expect(shapeOfAttribute(attributeOf(triangle))).toEqual(triangle);
  expect(
    shapeOfAttribute([
      [
        [1, 2],
        [3, 4],
        [5, 0],
      ],
    ]),
  ).toEqual(triangle);
});

test("a click is a corner or a centre, and two corners are no fence yet", () => {
  let shape: FenceShape = { type: "POLYGON", corners: [] };
  for (const each of triangle.corners) {
    expect(isWhole(shape)).toBe(false);
    shape = placed(shape, each);
  }
  expect(isWhole(shape)).toBe(true);
  expect(
    placed({ type: "CIRCLE", centre: null, radiusM: 5 }, { latitude: 1.00000049, longitude: 2 }),
  ).toEqual({ type: "CIRCLE", centre: { latitude: 1, longitude: 2 }, radiusM: 5 });
});

test("a node that reads its fence from the message has none to edit", () => {
  expect(isFenced(node({ fetchPerimeterInfoFromMessageMetadata: true }))).toBe(false);
  expect(isFenced(node({}))).toBe(true);
});
