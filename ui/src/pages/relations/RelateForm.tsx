import "@mantine/core/styles/Combobox.css";
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/ScrollArea.css";
import { Autocomplete, NativeSelect, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { get, post } from "../../api/http";
import type { EntityId, Page } from "../../api/types";
import { FormDialog } from "../../shell/FormDialog";

interface RelateFormProps {
  entity: EntityId;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}

const lists: Record<string, { path: string; label: string }> = {
  DEVICE: { path: "/api/tenant/devices", label: "Device" },
  ASSET: { path: "/api/tenant/assets", label: "Asset" },
  CUSTOMER: { path: "/api/customers", label: "Customer" },
  DASHBOARD: { path: "/api/tenant/dashboards", label: "Dashboard" },
};

export function RelateForm({ entity, onClose, onDone }: RelateFormProps) {
  const { t } = useTranslation();
  const [direction, setDirection] = useState("from");
  const [type, setType] = useState("Contains");
  const [entityType, setEntityType] = useState("DEVICE");
  const [id, setId] = useState<string | null>(null);
  const [search, setSearch] = useState("");
  const [textSearch] = useDebouncedValue(search, 200);
  const { data } = useQuery({
    queryKey: ["relatable", entityType, textSearch],
    queryFn: () =>
      get<Page<{ id: EntityId; name?: string; title?: string }>>(lists[entityType]?.path ?? "", {
        pageSize: 50,
        page: 0,
        textSearch,
      }),
  });
  const save = useMutation({
    mutationFn: () => {
      const other = { entityType, id: id ?? "" };
      const [from, to] = direction === "from" ? [entity, other] : [other, entity];
      return post("/api/relation", { from, to, type: type.trim(), typeGroup: "COMMON" });
    },
    onSuccess: async () => {
      await onDone();
      onClose();
    },
  });
  return (
    <FormDialog
      title={t("Relate")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      isComplete={id !== null && type.trim() !== ""}
      saving={save}
    >
      <NativeSelect
        label={t("Direction")}
        data={[
          { value: "from", label: t("From this one to the other") },
          { value: "to", label: t("From the other to this one") },
        ]}
        value={direction}
        onChange={(event) => setDirection(event.currentTarget.value)}
      />
      <Autocomplete
        label={t("Type of the relation")}
        data={["Contains", "Manages", "Feeds"]}
        required
        value={type}
        onChange={setType}
      />
      <NativeSelect
        label={t("Of what kind")}
        data={Object.entries(lists).map(([value, { label }]) => ({ value, label: t(label) }))}
        value={entityType}
        onChange={(event) => {
          setEntityType(event.currentTarget.value);
          setId(null);
        }}
      />
      <Select
        label={t("The other")}
        required
        searchable
        nothingFoundMessage={t("Nothing has that name")}
        data={(data?.data ?? [])
          .filter((each) => each.id.id !== entity.id)
          .map((each) => ({ value: each.id.id, label: each.name ?? each.title ?? each.id.id }))}
        value={id}
        onChange={setId}
        onSearchChange={setSearch}
      />
    </FormDialog>
  );
}
