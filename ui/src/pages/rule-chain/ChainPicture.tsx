/// The chain drawn with React Flow; read only. Nodes are reached with Tab and chosen with Enter.
import "@xyflow/react/dist/style.css";
import { useComputedColorScheme } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import {
  Background,
  Controls,
  type Edge,
  Handle,
  MarkerType,
  MiniMap,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  type ReactFlowInstance,
} from "@xyflow/react";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./ChainPicture.module.css";
import { type Activities, type Activity, short } from "./figures";
import { type Graph, type GraphNode, nodeSize } from "./graph";
import { kindOf, nodeKinds } from "./nodeKinds";

type ChainNode = Node<{ graphNode: GraphNode; activity: Activity | null }, "rule">;

interface ChainPictureProps {
  graph: Graph;
  activity: Activities;
  chosen: number | null;
  onChoose: (index: number | null) => void;
}

const nodeTypes = { rule: RuleNodeBox };
const fit = { maxZoom: 1, padding: 0.15 };

export default function ChainPicture({ graph, activity, chosen, onChoose }: ChainPictureProps) {
  const { t, i18n } = useTranslation();
  const scheme = useComputedColorScheme("light");
  const language = i18n.language;
  const [flow, setFlow] = useState<ReactFlowInstance<ChainNode> | null>(null);
  const { ref: frame, width, height } = useElementSize();
  // The inspector opens or closes beside the picture: fit the chain into what is left, once React Flow
  // has measured it too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the size is what it depends on
  useEffect(() => {
    const timer = setTimeout(() => void flow?.fitView(fit), 50);
    return () => clearTimeout(timer);
  }, [flow, width, height]);
  const nodes = useMemo(
    () => graph.nodes.map((node) => boxOf(node, activityOf(graph, node.index, activity), chosen)),
    [graph, activity, chosen],
  );
  const edges = useMemo(
    () => graph.edges.map((edge) => lineOf(edge, activityOf(graph, edge.from, activity), language)),
    [graph, activity, language],
  );
  return (
    <div ref={frame} className={classes.frame}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        colorMode={scheme}
        fitView
        fitViewOptions={fit}
        onInit={setFlow}
        minZoom={0.2}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        proOptions={{ hideAttribution: true }}
        ariaLabelConfig={{
          "node.a11yDescription.default": t("Press Enter to see this node's settings."),
          "controls.zoomIn.ariaLabel": t("Zoom in"),
          "controls.zoomOut.ariaLabel": t("Zoom out"),
          "controls.fitView.ariaLabel": t("Fit the whole chain"),
        }}
        onNodeClick={(_event, node) => onChoose(Number(node.id))}
        onSelectionChange={({ nodes: [node] }) =>
          node && Number(node.id) !== chosen && onChoose(Number(node.id))
        }
        onPaneClick={() => onChoose(null)}
      >
        <Background gap={20} />
        <Controls showInteractive={false} />
        {graph.nodes.length > 15 && (
          <MiniMap pannable zoomable className={classes.map} ariaLabel={t("Overview")} />
        )}
      </ReactFlow>
      <Legend graph={graph} />
    </div>
  );
}

function RuleNodeBox({ data: { graphNode, activity }, selected }: NodeProps<ChainNode>) {
  const { t } = useTranslation();
  const { kind, label } = kindOf(graphNode.node.type);
  return (
    <div className={classes.box} data-kind={kind} data-chosen={selected || undefined}>
      {graphNode.isFirst && <span className={classes.first}>{t("Input")}</span>}
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <span className={classes.type}>{t(label)}</span>
      <span className={classes.name}>{graphNode.node.name}</span>
      {activity && <Doings activity={activity} />}
      <Handle type="source" position={Position.Right} isConnectable={false} />
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

function Legend({ graph }: { graph: Graph }) {
  const { t } = useTranslation();
  const present = new Set(graph.nodes.map(({ node }) => kindOf(node.type).kind));
  return (
    <ul className={classes.legend} aria-label={t("Kinds of nodes")}>
      {nodeKinds
        .filter((kind) => present.has(kind))
        .map((kind) => (
          <li key={kind} data-kind={kind}>
            {t(kind)}
          </li>
        ))}
    </ul>
  );
}

function boxOf(graphNode: GraphNode, activity: Activity | null, chosen: number | null): ChainNode {
  return {
    id: String(graphNode.index),
    type: "rule",
    position: { x: graphNode.x, y: graphNode.y },
    data: { graphNode, activity },
    selected: graphNode.index === chosen,
    width: nodeSize.width,
    height: nodeSize.height,
    ariaLabel: `${kindOf(graphNode.node.type).label}: ${graphNode.node.name}`,
  };
}

function lineOf(
  { from, to, labels }: Graph["edges"][number],
  activity: Activity | null,
  language: string,
): Edge {
  const passed = labels.map((label) => activity?.emitted[label] ?? 0);
  return {
    id: `${from}-${to}`,
    source: String(from),
    target: String(to),
    label: labels
      .map((label, i) => (passed[i] ? `${label} ${short(passed[i], language)}` : label))
      .join(" / "),
    markerEnd: { type: MarkerType.ArrowClosed },
    className: labels.includes("Failure") ? classes.failure : classes.line,
    labelBgPadding: [6, 3],
    labelBgBorderRadius: 6,
  };
}

function activityOf(graph: Graph, index: number, activity: Activities): Activity | null {
  return activity.get(graph.nodes[index]?.node.id?.id ?? "") ?? null;
}
