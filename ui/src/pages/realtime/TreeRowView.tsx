import { ActionIcon, TextInput, UnstyledButton } from "@mantine/core";
import { IconChevronRight, IconPencil, IconPlus, IconTrash, IconZoomIn } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type CSSProperties, type FormEvent, type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Json } from "../../api/types";
import { parseTyped } from "../../text/parseTyped";
import type { Flash } from "./LiveTree";
import classes from "./LiveTree.module.css";
import { isBranch, keyFault, type TreeRow } from "./tree";

interface TreeRowViewProps {
  row: TreeRow;
  index: number;
  style: CSSProperties;
  base: string;
  database: string;
  flash: Flash | null;
  isCurrent: boolean;
  isEdited: boolean;
  onFocus: () => void;
  onKey: (event: KeyboardEvent) => void;
  onToggle: () => void;
  onMore: () => void;
  onEdit: () => void;
  onAdd: () => void;
  onDrop: () => void;
  onSave: (value: Json) => Promise<boolean>;
  onClose: () => void;
}

export function TreeRowView(props: TreeRowViewProps) {
  const { t } = useTranslation();
  const { row, index, style, flash, isCurrent, isEdited } = props;
  const indent = { "--depth": row.depth } as CSSProperties;
  if (row.more) return <MoreRow {...props} />;
  return (
    <div
      role="row"
      aria-label={`${row.key}: ${isBranch(row.value) ? t("{{count}} children", { count: row.childCount }) : JSON.stringify(row.value)}`}
      aria-level={row.depth + 1}
      aria-rowindex={index + 1}
      aria-expanded={isBranch(row.value) ? row.isOpen : undefined}
      tabIndex={isCurrent ? 0 : -1}
      data-path={row.path}
      className={classes.row}
      style={{ ...style, ...indent }}
      onFocus={props.onFocus}
      onKeyDown={props.onKey}
    >
      {flash && <span key={flash.version} className={classes.flash} data-kind={flash.kind} aria-hidden />}
      <span role="gridcell" className={classes.cell}>
        <Opener {...props} />
        <span className={classes.key}>{row.key}</span>
        {isEdited ? <Editor {...props} /> : <ValueText {...props} />}
      </span>
      {!isEdited && <Actions {...props} />}
    </div>
  );
}

function Opener({ row, onToggle }: TreeRowViewProps) {
  const { t } = useTranslation();
  if (row.childCount === 0) return <span className={classes.opener} />;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classes.opener}
      data-open={row.isOpen || undefined}
      aria-label={row.isOpen ? t("Close {{key}}", { key: row.key }) : t("Open {{key}}", { key: row.key })}
      onClick={onToggle}
    >
      <IconChevronRight size={16} aria-hidden />
    </button>
  );
}

function ValueText({ row: { value, childCount, isOpen }, onEdit }: TreeRowViewProps) {
  const { t } = useTranslation();
  if (isBranch(value))
    return isOpen ? null : (
      <span className={classes.count}>{t("{{count}} children", { count: childCount })}</span>
    );
  return (
    <UnstyledButton className={classes.value} data-type={typeof value} tabIndex={-1} onClick={onEdit}>
      {JSON.stringify(value)}
    </UnstyledButton>
  );
}

function Actions({ row, base, database, onEdit, onAdd, onDrop }: TreeRowViewProps) {
  const { t } = useTranslation();
  const { key } = row;
  const full = base === "/" ? row.path : `${base}${row.path === "/" ? "" : row.path}`;
  const icon = { variant: "subtle", color: "gray", size: "sm", tabIndex: -1 } as const;
  return (
    <span role="gridcell" className={classes.actions}>
      {isBranch(row.value) && row.path !== "/" && (
        <ActionIcon
          {...icon}
          component={Link}
          to={`/realtime/${database}?path=${encodeURIComponent(full)}`}
          aria-label={t("Show only {{key}}", { key })}
          title={t("Show only this")}
        >
          <IconZoomIn size={16} />
        </ActionIcon>
      )}
      {!isBranch(row.value) && row.value !== null && (
        <ActionIcon {...icon} onClick={onEdit} aria-label={t("Edit {{key}}", { key })} title={t("Edit")}>
          <IconPencil size={16} />
        </ActionIcon>
      )}
      <ActionIcon
        {...icon}
        onClick={onAdd}
        aria-label={t("Add a child to {{key}}", { key })}
        title={t("Add a child")}
      >
        <IconPlus size={16} />
      </ActionIcon>
      {row.value !== null && (
        <ActionIcon {...icon} onClick={onDrop} aria-label={t("Delete {{key}}", { key })} title={t("Delete")}>
          <IconTrash size={16} />
        </ActionIcon>
      )}
    </span>
  );
}

function Editor({ row, onSave, onClose }: TreeRowViewProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(JSON.stringify(row.value));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await onSave(parseTyped(text))) onClose();
  };
  return (
    <form
      onSubmit={submit}
      className={classes.form}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <TextInput
        size="xs"
        autoFocus
        aria-label={t("New value of {{key}}", { key: row.key })}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={onClose}
        className={classes.input}
      />
    </form>
  );
}

interface AddRowProps {
  style: CSSProperties;
  depth: number;
  onSave: (key: string, value: Json) => Promise<boolean>;
  onClose: () => void;
}

export function AddRow({ style, depth, onSave, onClose }: AddRowProps) {
  const { t } = useTranslation();
  const [key, setKey] = useState("");
  const [text, setText] = useState("");
  const fault = key === "" ? null : keyFault(key);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (keyFault(key) === null && (await onSave(key, parseTyped(text)))) onClose();
  };
  return (
    <div role="row" className={classes.row} style={{ ...style, "--depth": depth } as CSSProperties}>
      <span role="gridcell" className={classes.cell}>
        <span className={classes.opener} />
        <form
          onSubmit={submit}
          className={classes.form}
          onKeyDown={(event) => event.key === "Escape" && onClose()}
        >
          <TextInput
            size="xs"
            autoFocus
            required
            aria-label={t("Key")}
            placeholder={t("key")}
            title={fault ? t(fault) : undefined}
            error={fault !== null}
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
          />
          <TextInput
            size="xs"
            required
            aria-label={t("Value")}
            placeholder={t("number, true, text or JSON")}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            className={classes.input}
          />
          <ActionIcon type="submit" size="md" aria-label={t("Add")} title={t("Add")}>
            <IconPlus size={16} />
          </ActionIcon>
        </form>
      </span>
    </div>
  );
}

function MoreRow({ row, style, onMore }: TreeRowViewProps) {
  const { t } = useTranslation();
  return (
    <div role="row" className={classes.row} style={{ ...style, "--depth": row.depth } as CSSProperties}>
      <span role="gridcell" className={classes.cell}>
        <span className={classes.opener} />
        <UnstyledButton className={classes.more} onClick={onMore}>
          {t("Show more ({{count}} left)", { count: row.more ?? 0 })}
        </UnstyledButton>
      </span>
    </div>
  );
}
