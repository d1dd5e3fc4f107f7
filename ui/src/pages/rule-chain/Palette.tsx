/// Every kind of node by category, to be dragged onto the canvas, or added with a click or Enter.
import "@mantine/core/styles/CloseButton.css";
import { CloseButton, Group, Text, TextInput, UnstyledButton } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { NodeComponent } from "../../api/types";
import { draggedType } from "./draft";
import { definitionOf } from "./nodeForms";
import { type NodeKind, nodeKinds } from "./nodeKinds";
import classes from "./Palette.module.css";

interface PaletteProps {
  components: NodeComponent[];
  onAdd: (component: NodeComponent) => void;
  onClose: () => void;
}

export function Palette({ components, onAdd, onClose }: PaletteProps) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const found = components.filter((each) => matches(each, search));
  return (
    <aside className={classes.palette} aria-label={t("Palette of nodes")}>
      <Group gap="xs" wrap="nowrap">
        <TextInput
          type="search"
          flex={1}
          data-autofocus
          leftSection={<IconSearch size={16} aria-hidden />}
          aria-label={t("Find a kind of node")}
          placeholder={t("Find a kind of node…")}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <CloseButton onClick={onClose} aria-label={t("Close the palette")} />
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className={classes.list} tabIndex={0} role="group" aria-label={t("Kinds of nodes")}>
        {nodeKinds.map((kind) => (
          <Category
            key={kind}
            kind={kind}
            components={found.filter((each) => kindIs(each, kind))}
            onAdd={onAdd}
          />
        ))}
        {found.length === 0 && (
          <Text size="sm" className="faint">
            {t("No kind of node has that in its name or description.")}
          </Text>
        )}
      </div>
    </aside>
  );
}

interface CategoryProps {
  kind: NodeKind;
  components: NodeComponent[];
  onAdd: (component: NodeComponent) => void;
}

function Category({ kind, components, onAdd }: CategoryProps) {
  const { t } = useTranslation();
  if (components.length === 0) return null;
  return (
    <section aria-label={t(kind)}>
      <Text size="xs" fw={650} className={classes.kind} data-kind={kind}>
        {t(kind)}
      </Text>
      {components.map((each) => (
        <UnstyledButton
          key={each.clazz}
          className={classes.item}
          data-kind={kind}
          draggable
          title={definitionOf(each)?.description}
          onDragStart={(event) => {
            event.dataTransfer.setData(draggedType, each.clazz);
            event.dataTransfer.effectAllowed = "copy";
          }}
          onClick={() => onAdd(each)}
        >
          {each.name}
        </UnstyledButton>
      ))}
    </section>
  );
}

function kindIs({ type }: NodeComponent, kind: NodeKind): boolean {
  return type.toLowerCase() === kind;
}

function matches(component: NodeComponent, search: string): boolean {
  const text = `${component.name} ${definitionOf(component)?.description}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
