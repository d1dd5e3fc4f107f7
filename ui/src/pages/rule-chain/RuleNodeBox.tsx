/// One node as it lies on the canvas: what it is, what it is called, what it does just now.
import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import type { RuleNode } from "../../api/types";
import classes from "./Canvas.module.css";
import { type Activity, short } from "./figures";
import { kindOf } from "./nodeKinds";

export interface RuleNodeData extends Record<string, unknown> {
  node: RuleNode;
  isFirst: boolean;
  activity: Activity | null;
  /// 0 to 1, against the hottest node.
  heat: number;
}

export function RuleNodeBox({ data, selected }: NodeProps<Node<RuleNodeData, "rule">>) {
  const { t } = useTranslation();
  const { node, isFirst, activity, heat } = data;
  const { kind, label } = kindOf(node.type);
  return (
    <div
      className={classes.box}
      data-kind={kind}
      data-chosen={selected || undefined}
      style={{ "--heat": heat } as CSSProperties}
    >
      {isFirst && <span className={classes.first}>{t("Input")}</span>}
      <Handle type="target" position={Position.Left} className={classes.handle} />
      <span className={classes.type}>{t(label)}</span>
      <span className={classes.name}>{node.name}</span>
      {activity ? <Doings activity={activity} /> : <span className={classes.doings}>{t("new")}</span>}
      {heat > 0 && <span className={classes.heat} aria-hidden />}
      <Handle type="source" position={Position.Right} className={classes.handle} />
    </div>
  );
}

/// What the node does: messages per second, time for one, failures.
function Doings({ activity: { received, perSecond, microseconds, failed } }: { activity: Activity }) {
  const { t, i18n } = useTranslation();
  const rate = perSecond?.toLocaleString(i18n.language, { maximumSignificantDigits: 2 });
  return (
    <span className={`${classes.doings} numbers`}>
      {rate !== undefined && perSecond !== 0 ? t("{{rate}}/s", { rate }) : short(received, i18n.language)}
      {received > 0 && ` · ${t("{{time}} µs", { time: Math.round(microseconds) })}`}
      {failed > 0 && <strong className={classes.failed}>{t("{{count}} failed", { count: failed })}</strong>}
    </span>
  );
}
