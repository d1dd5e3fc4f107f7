/// Two versions of a chain as one picture: green came, red went, yellow changed.
import { useTranslation } from "react-i18next";
import type { RuleChainMetadata } from "../../../api/types";
import classes from "./Rehearsal.module.css";
import { type Fate, merged } from "./rehearsal";

const width = 150;
const height = 34;

const fates: Record<Fate, string> = {
  same: "as before",
  added: "new",
  removed: "gone",
  changed: "changed",
};

export function GraphDiff({ before, after }: { before: RuleChainMetadata; after: RuleChainMetadata }) {
  const { t } = useTranslation();
  const { nodes, links } = merged(before, after);
  const places = new Map(nodes.map((node) => [node.key, node]));
  const left = Math.min(...nodes.map(({ x }) => x)) - 10;
  const top = Math.min(...nodes.map(({ y }) => y)) - 10;
  const right = Math.max(...nodes.map(({ x }) => x)) + width + 10;
  const bottom = Math.max(...nodes.map(({ y }) => y)) + height + 10;
  if (nodes.length === 0) return null;
  return (
    <svg
      viewBox={`${left} ${top} ${right - left} ${bottom - top}`}
      className={classes.graph}
      role="img"
      aria-label={t("Both versions in one picture")}
    >
      {links.map(({ from, to, label, fate }) => {
        const [source, target] = [places.get(from), places.get(to)];
        if (!source || !target) return null;
        const [x1, y1] = [source.x + width, source.y + height / 2];
        const [x2, y2] = [target.x, target.y + height / 2];
        return (
          <path
            key={`${from} ${to} ${label}`}
            d={`M${x1},${y1} C${x1 + 50},${y1} ${x2 - 50},${y2} ${x2},${y2}`}
            className={classes.link}
            data-fate={fate}
          >
            <title>{`${label}: ${t(fates[fate])}`}</title>
          </path>
        );
      })}
      {nodes.map(({ key, name, x, y, fate }) => (
        <g
          key={`${key} ${fate}`}
          transform={`translate(${x} ${y})`}
          className={classes.node}
          data-fate={fate}
        >
          <title>{`${name}: ${t(fates[fate])}`}</title>
          <rect width={width} height={height} rx={6} />
          <text x={width / 2} y={height / 2}>
            {name.length > 20 ? `${name.slice(0, 19)}…` : name}
          </text>
        </g>
      ))}
    </svg>
  );
}
