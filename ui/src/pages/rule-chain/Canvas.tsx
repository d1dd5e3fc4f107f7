/// The chain drawn with React Flow, to be changed by mouse, touch and keyboard: Tab goes from node to node,
/// Enter chooses one, arrows move it, Delete takes it out.
import "@xyflow/react/dist/style.css";
import { useComputedColorScheme } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import {
  Background,
  type Connection,
  Controls,
  type Edge,
  type EdgeChange,
  MarkerType,
  MiniMap,
  type Node,
  type NodeChange,
  ReactFlow,
  type ReactFlowInstance,
} from "@xyflow/react";
import { type DragEvent, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Canvas.module.css";
import { type Draft, type DraftLink, type DraftNode, draggedType, linkKey } from "./draft";
import { type Activities, type Activity, type Heat, heatOf, short } from "./figures";
import { kindOf } from "./nodeKinds";
import { nodeSize, type Place } from "./places";
import { RuleNodeBox, type RuleNodeData } from "./RuleNodeBox";

export type ChainNode = Node<RuleNodeData, "rule">;
export type Flow = ReactFlowInstance<ChainNode>;

interface CanvasProps {
  draft: Draft;
  activity: Activities;
  heat: Heat;
  /// Keys of nodes, and of links as linkKey makes them.
  chosen: ReadonlySet<string>;
  onChoose: (keys: ReadonlySet<string>) => void;
  onMove: (places: ReadonlyMap<string, Place>) => void;
  onConnect: (source: string, target: string) => void;
  /// A kind of node was dropped here.
  onDropType: (type: string, place: Place) => void;
  onReady: (flow: Flow) => void;
}

const nodeTypes = { rule: RuleNodeBox };
const fit = { maxZoom: 1, padding: 0.15 };

export default function Canvas(props: CanvasProps) {
  const { draft, chosen, onChoose, onConnect, onDropType, onReady } = props;
  const { t } = useTranslation();
  const scheme = useComputedColorScheme("light");
  const [flow, setFlow] = useState<Flow | null>(null);
  const { ref: frame, width, height } = useElementSize();
  const { nodes, edges, moved } = useDrawing(props);
  // The inspector opens or closes beside the picture: fit the chain into what is left, once React Flow
  // has measured it too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the size is what it depends on
  useEffect(() => {
    const timer = setTimeout(() => void flow?.fitView(fit), 50);
    return () => clearTimeout(timer);
  }, [flow, width > 0, height > 0]);

  // React Flow tells of nodes and of links one after the other, before either is drawn.
  const current = useRef(chosen);
  useEffect(() => {
    current.current = chosen;
  }, [chosen]);
  const choose = (changes: (NodeChange<ChainNode> | EdgeChange)[]) => {
    const next = new Set(current.current);
    for (const change of changes) {
      if (change.type !== "select") continue;
      if (change.selected) next.add(change.id);
      else next.delete(change.id);
    }
    if (!changes.some(({ type }) => type === "select")) return;
    current.current = next;
    onChoose(next);
  };
  const drop = (event: DragEvent) => {
    const type = event.dataTransfer.getData(draggedType);
    if (!type || !flow) return;
    event.preventDefault();
    onDropType(type, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }));
  };
  const connect = ({ source, target }: Connection) => onConnect(source, target);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a drop by mouse; by keyboard the palette adds nodes
    <div
      ref={frame}
      className={classes.frame}
      onDragOver={(event) => event.dataTransfer.types.includes(draggedType) && event.preventDefault()}
      onDrop={drop}
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        colorMode={scheme}
        fitView
        fitViewOptions={fit}
        onInit={(ready) => {
          setFlow(ready);
          onReady(ready);
        }}
        minZoom={0.2}
        snapToGrid
        snapGrid={[10, 10]}
        deleteKeyCode={null}
        multiSelectionKeyCode={["Shift", "Control", "Meta"]}
        selectionKeyCode="Shift"
        connectionRadius={40}
        proOptions={{ hideAttribution: true }}
        ariaLabelConfig={{
          "node.a11yDescription.default": t(
            "Press Enter to see this node's settings, the arrow keys to move it, Delete to take it out.",
          ),
          "node.a11yDescription.keyboardDisabled": t("Press Enter to see this node's settings."),
          "edge.a11yDescription.default": t("Press Enter to name this connection, Delete to take it out."),
          "controls.zoomIn.ariaLabel": t("Zoom in"),
          "controls.zoomOut.ariaLabel": t("Zoom out"),
          "controls.fitView.ariaLabel": t("Fit the whole chain"),
        }}
        onNodesChange={(changes) => {
          moved(changes);
          choose(changes);
        }}
        onEdgesChange={choose}
        onConnect={connect}
        onPaneClick={() => chosen.size > 0 && onChoose(new Set())}
      >
        <Background gap={20} />
        <Controls showInteractive={false} />
        {draft.nodes.length > 15 && (
          <MiniMap pannable zoomable className={classes.map} ariaLabel={t("Overview")} />
        )}
      </ReactFlow>
      {draft.nodes.length === 0 && (
        <p className={classes.empty}>{t("Empty: add the first node from the palette.")}</p>
      )}
    </div>
  );
}

/// What React Flow draws. While nodes are dragged their places are here; where they come to rest, in the draft.
function useDrawing({ draft, activity, heat, chosen, onMove }: CanvasProps) {
  const { i18n } = useTranslation();
  const language = i18n.language;
  const [dragged, setDragged] = useState<ReadonlyMap<string, Place>>(new Map());
  const hot = useMemo(() => heatOf(activity, heat), [activity, heat]);
  const nodes = useMemo(
    () => draft.nodes.map((each) => boxOf(each, draft, activity, hot, chosen, dragged.get(each.key))),
    [draft, activity, hot, chosen, dragged],
  );
  const edges = useMemo(() => {
    const most = Math.max(...[...activity.values()].map(({ perSecond }) => perSecond ?? 0), 0);
    const byKey = new Map(draft.nodes.map((each) => [each.key, each]));
    return draft.links.map((each): Edge => {
      const source = byKey.get(each.source)?.node;
      const target = byKey.get(each.target)?.node;
      return {
        ...lineOf(each, activity.get(source?.id?.id ?? ""), most, language),
        selected: chosen.has(linkKey(each)),
        ariaLabel: `${source?.name} → ${target?.name}: ${each.labels.join(", ")}`,
      };
    });
  }, [draft, activity, chosen, language]);

  const moved = (changes: NodeChange<ChainNode>[]) => {
    const places = new Map<string, Place>();
    let isDragging = false;
    for (const change of changes) {
      if (change.type !== "position" || !change.position) continue;
      places.set(change.id, change.position);
      isDragging ||= change.dragging === true;
    }
    if (isDragging) setDragged((old) => new Map([...old, ...places]));
    else if (places.size > 0) {
      onMove(new Map([...dragged, ...places]));
      setDragged(new Map());
    }
  };
  return { nodes, edges, moved };
}

function boxOf(
  { key, node, x, y }: DraftNode,
  draft: Draft,
  activity: Activities,
  hot: ReadonlyMap<string, number>,
  chosen: ReadonlySet<string>,
  dragged: Place | undefined,
): ChainNode {
  const id = node.id?.id ?? "";
  return {
    id: key,
    type: "rule",
    position: dragged ?? { x, y },
    data: { node, isFirst: draft.first === key, activity: activity.get(id) ?? null, heat: hot.get(id) ?? 0 },
    selected: chosen.has(key),
    width: nodeSize.width,
    height: nodeSize.height,
    ariaLabel: `${kindOf(node.type).label}: ${node.name}`,
  };
}

function lineOf(link: DraftLink, activity: Activity | undefined, most: number, language: string): Edge {
  const { source, target, labels } = link;
  const perSecond = labels.reduce((sum, label) => sum + (activity?.emittedPerSecond[label] ?? 0), 0);
  const texts = labels.map((label) => {
    const passed = activity?.emitted[label] ?? 0;
    return passed > 0 ? `${label} ${short(passed, language)}` : label;
  });
  const rate =
    perSecond > 0 ? ` · ${perSecond.toLocaleString(language, { maximumSignificantDigits: 2 })}/s` : "";
  return {
    id: linkKey(link),
    source,
    target,
    label: texts.join(" / ") + rate,
    markerEnd: { type: MarkerType.ArrowClosed, width: 14, height: 14, markerUnits: "userSpaceOnUse" },
    className: labels.includes("Failure") ? classes.failure : classes.line,
    style: { strokeWidth: most === 0 ? 1.5 : 1.5 + (4 * perSecond) / most },
    labelBgPadding: [6, 3],
    labelBgBorderRadius: 6,
    interactionWidth: 24,
  };
}
