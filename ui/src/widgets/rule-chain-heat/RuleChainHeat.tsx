/// A rule chain as it works: every node as hot as it is busy, slow or failing against the others.
import { Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { ruleChainMetadataQuery, ruleChainsQuery } from "../../api/queries";
import type { RuleChainMetadata } from "../../api/types";
import { type Activity, type Heat, heatOf, heats, short } from "../../pages/rule-chain/figures";
import { nodeSize, placesOf } from "../../pages/rule-chain/places";
import { useActivities } from "../../pages/rule-chain/useActivities";
import { textSetting } from "../values";
import type { WidgetProps } from "../widget";
import classes from "./RuleChainHeat.module.css";

export default function RuleChainHeat({ settings }: WidgetProps) {
  const { t } = useTranslation();
  const { data, error } = useQuery(ruleChainsQuery);
  const wanted = textSetting(settings, "chain");
  const chain = data?.data.find(({ id, root }) => (wanted ? id.id === wanted : root));
  const heat = heats.find((known) => known === settings.heat) ?? "rate";
  if (error) return <Text role="alert">{error.message}</Text>;
  if (!data) return <Skeleton height="100%" />;
  if (!chain)
    return <span className="faint">{t("This rule chain is no longer there. Choose another.")}</span>;
  return <Chain ruleChainId={chain.id.id} name={chain.name} heat={heat} />;
}

function Chain({ ruleChainId, name, heat }: { ruleChainId: string; name: string; heat: Heat }) {
  const { t, i18n } = useTranslation();
  const { data, error } = useQuery(ruleChainMetadataQuery(ruleChainId));
  const [activity] = useActivities(ruleChainId);
  const places = useMemo(() => (data ? placesIn(data) : []), [data]);
  const hot = heatOf(activity, heat);
  if (error) return <Text role="alert">{error.message}</Text>;
  if (!data) return <Skeleton height="100%" />;
  const right = Math.max(...places.map(({ x }) => x + nodeSize.width), 1);
  const bottom = Math.max(...places.map(({ y }) => y + nodeSize.height), 1);
  const of = (i: number) => activity.get(data.nodes[i]?.id?.id ?? "");
  const most = Math.max(...[...activity.values()].map(({ perSecond }) => perSecond ?? 0), 0);
  return (
    <div className={classes.frame}>
      <svg viewBox={`-4 -4 ${right + 8} ${bottom + 8}`} className={classes.drawing} aria-hidden>
        {(data.connections ?? []).map(({ fromIndex, toIndex, type }) => {
          const [a, b] = [places[fromIndex], places[toIndex]];
          const rate = of(fromIndex)?.emittedPerSecond[type] ?? 0;
          return (
            a &&
            b && (
              <path
                key={`${fromIndex} ${toIndex} ${type}`}
                d={curve(a, b)}
                strokeWidth={1.5 + (most > 0 ? (6 * rate) / most : 0)}
                className={classes.line}
                data-failure={type === "Failure" || undefined}
              />
            )
          );
        })}
        {data.nodes.map((node, i) => {
          const { x, y } = places[i] ?? { x: 0, y: 0 };
          const id = node.id?.id ?? node.name;
          return (
            <g key={id} transform={`translate(${x} ${y})`} className={classes.node}>
              <rect width={nodeSize.width} height={nodeSize.height} rx={9} className={classes.ground} />
              <rect
                width={nodeSize.width}
                height={nodeSize.height}
                rx={9}
                className={classes.heat}
                style={{ opacity: 0.75 * (hot.get(id) ?? 0) }}
              />
              <text x={12} y={27} className={classes.name}>
                {node.name.length > 24 ? `${node.name.slice(0, 23)}…` : node.name}
              </text>
              <text x={12} y={48} className={classes.figures}>
                {figureOf(of(i), heat, i18n.language)}
              </text>
            </g>
          );
        })}
      </svg>
      <div className={classes.foot}>
        <Link to="/ruleChains/$ruleChainId" params={{ ruleChainId }}>
          {name}
        </Link>
        <span className="faint">
          {heat === "rate" && t("Messages per second")}
          {heat === "latency" && t("Time for one message")}
          {heat === "errors" && t("Failed messages")}
        </span>
      </div>
      <table className={classes.table} aria-label={name}>
        <tbody>
          {data.nodes.map((node, i) => (
            <tr key={node.id?.id ?? node.name}>
              <th scope="row">{node.name}</th>
              <td>{figureOf(of(i), heat, i18n.language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function placesIn({ nodes, connections }: RuleChainMetadata) {
  const keys = nodes.map((_, i) => String(i));
  const lines = (connections ?? []).map(({ fromIndex, toIndex }) => ({
    source: String(fromIndex),
    target: String(toIndex),
  }));
  const places = placesOf(nodes, keys, lines);
  const all = keys.map((key) => places.get(key) ?? { x: 0, y: 0 });
  const [left, top] = [Math.min(...all.map(({ x }) => x)), Math.min(...all.map(({ y }) => y))];
  return all.map(({ x, y }) => ({ x: x - left, y: y - top }));
}

function curve(a: { x: number; y: number }, b: { x: number; y: number }): string {
  const [x1, y1] = [a.x + nodeSize.width, a.y + nodeSize.height / 2];
  const [x2, y2] = [b.x, b.y + nodeSize.height / 2];
  const bend = Math.max(40, Math.abs(x2 - x1) / 2);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

function figureOf(activity: Activity | undefined, heat: Heat, language: string): string {
  if (!activity) return "–";
  if (heat === "latency") return `${Math.round(activity.microseconds).toLocaleString(language)} µs`;
  if (heat === "errors") return short(activity.failed, language);
  return `${(activity.perSecond ?? 0).toLocaleString(language, { maximumSignificantDigits: 2 })}/s`;
}
