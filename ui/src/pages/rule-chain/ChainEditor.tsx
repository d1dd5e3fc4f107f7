/// The chain on its canvas, between the palette and the settings of what is chosen.
import { Alert, Skeleton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { nodeComponentsQuery, ruleChainsQuery } from "../../api/queries";
import type { NodeComponent, RuleChainMetadata } from "../../api/types";
import type { Flow } from "./Canvas";
import { labelFor } from "./ConnectionList";
import { linkKey, newKey, withLink, withNode, withPlaces } from "./draft";
import { EditorTools } from "./EditorTools";
import type { Activities, Heat } from "./figures";
import { LinkInspector } from "./LinkInspector";
import { NodeInspector } from "./NodeInspector";
import { componentsByType, newNode, starterScripts } from "./nodeForms";
import { Palette } from "./Palette";
import { freePlace, nodeSize, type Place } from "./places";
import classes from "./RuleChainPage.module.css";
import { useEditor } from "./useEditor";
import { useEditorKeys } from "./useEditorKeys";

const Canvas = lazy(() => import("./Canvas"));
const RehearsalDrawer = lazy(() => import("./rehearsal/RehearsalDrawer"));
const noComponents: NodeComponent[] = [];

interface ChainEditorProps {
  ruleChainId: string;
  metadata: RuleChainMetadata;
  activities: Activities;
}

export function ChainEditor({ ruleChainId, metadata, activities }: ChainEditorProps) {
  const { t } = useTranslation();
  const editor = useEditor(ruleChainId, metadata);
  const [chosen, choose] = useChosen();
  const [paletteOpen, palette] = useDisclosure(false);
  const [rehearsing, rehearsal] = useDisclosure(false);
  const [heat, setHeat] = useState<Heat>("rate");
  const flow = useRef<Flow | null>(null);
  const frame = useRef<HTMLElement>(null);
  const components = useQuery(nodeComponentsQuery).data ?? noComponents;
  const byType = useMemo(() => componentsByType(components), [components]);
  const chains = useQuery(ruleChainsQuery).data?.data ?? [];
  useEditorKeys({ editor, chosen, choose, save: editor.save });

  const [only] = chosen.size === 1 ? chosen : [];
  const node = editor.draft.nodes.find(({ key }) => key === only);
  const link = editor.draft.links.find((each) => linkKey(each) === only);
  const close = () => choose(new Set());

  const add = (component: NodeComponent, wanted: Place, after: string | null) => {
    const key = newKey();
    const made = newNode(component);
    const configuration = {
      ...made.configuration,
      ...starterScripts(component),
    } as typeof made.configuration;
    editor.change((draft) => {
      const grown = withNode(draft, {
        key,
        node: { ...made, configuration },
        ...freePlace(draft.nodes, wanted),
      });
      return after ? withLink(grown, after, key, labelFor(editor, after, byType)) : grown;
    });
    choose(new Set([key]));
    // Once it is drawn, and the inspector has taken its room.
    setTimeout(() => void flow.current?.fitView({ maxZoom: 1, padding: 0.15, duration: 200 }), 100);
  };
  /// Behind the chosen node, otherwise where one looks.
  const addFromPalette = (component: NodeComponent) => {
    if (node) return add(component, { x: node.x + nodeSize.width + 110, y: node.y }, node.key);
    const seen = frame.current?.getBoundingClientRect();
    const middle =
      seen &&
      flow.current?.screenToFlowPosition({
        x: seen.left + seen.width / 2 - nodeSize.width / 2,
        y: seen.top + seen.height / 2 - nodeSize.height / 2,
      });
    add(component, middle ?? { x: 0, y: 0 }, null);
  };

  return (
    <>
      <EditorTools
        editor={editor}
        chosen={chosen}
        choose={choose}
        heat={heat}
        onHeat={setHeat}
        isPaletteOpen={paletteOpen}
        onPalette={palette.toggle}
        onRehearse={rehearsal.open}
      />
      {editor.failure && (
        <Alert color="red" icon={<IconAlertTriangle />} title={t("The chain was not saved")} role="alert">
          {editor.failure.message}
        </Alert>
      )}
      <div className={classes.split}>
        {paletteOpen && <Palette components={components} onAdd={addFromPalette} onClose={palette.close} />}
        <section ref={frame} className={classes.picture} aria-label={t("Picture of the rule chain")}>
          <Suspense fallback={<Skeleton height="100%" />}>
            <Canvas
              draft={editor.draft}
              activity={activities}
              heat={heat}
              chosen={chosen}
              onChoose={choose}
              onMove={(places) => editor.change((draft) => withPlaces(draft, places), "move")}
              onConnect={(source, target) => {
                editor.change((draft) => withLink(draft, source, target, labelFor(editor, source, byType)));
                choose(new Set([linkKey({ source, target })]));
              }}
              onDropType={(type, place) => {
                const component = byType.get(type);
                if (component) add(component, place, null);
              }}
              onReady={(ready) => {
                flow.current = ready;
              }}
            />
          </Suspense>
        </section>
        {node && (
          <NodeInspector
            key={node.key}
            editor={editor}
            chosen={node}
            components={byType}
            activities={activities}
            chains={chains}
            onClose={close}
          />
        )}
        {rehearsing && (
          <Suspense>
            <RehearsalDrawer
              ruleChainId={ruleChainId}
              editor={editor}
              activities={activities}
              onClose={rehearsal.close}
            />
          </Suspense>
        )}
        {link && <LinkInspector editor={editor} link={link} components={byType} onClose={close} />}
      </div>
    </>
  );
}

/// What is chosen on the canvas; a single one stands in the URL.
function useChosen(): [ReadonlySet<string>, (keys: ReadonlySet<string>) => void] {
  const { node } = useSearch({ from: "/inside/ruleChains/$ruleChainId" });
  const navigate = useNavigate({ from: "/ruleChains/$ruleChainId" });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(node ? [node] : []));
  const choose = (keys: ReadonlySet<string>) => {
    setChosen(keys);
    const [only] = keys.size === 1 ? keys : [];
    void navigate({ search: only ? { node: only } : {}, replace: true });
  };
  return [chosen, choose];
}
