/// Houses, rooms, machines: what devices belong to.
import { Button, Card, Text, TextInput } from "@mantine/core";
import { IconBuilding, IconPlus, IconSearch } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { get, post } from "../../api/http";
import type { Asset, Page as PageOf } from "../../api/types";
import { FormDialog } from "../../shell/FormDialog";
import { Empty, Failure, RowsLoading } from "../../shell/PageState";
import { type Column, VirtualTable } from "../../shell/VirtualTable";
import { Time } from "../../text/Time";
import { Page } from "../Page";

const assetsMax = 1_000;

const assetsQuery = (textSearch: string) => ({
  queryKey: ["assets", textSearch],
  queryFn: () =>
    get<PageOf<Asset>>("/api/tenant/assetInfos", {
      pageSize: assetsMax,
      page: 0,
      textSearch,
      sortProperty: "name",
      sortOrder: "ASC",
    }),
});

export function AssetsPage() {
  const { t } = useTranslation();
  const { q = "" } = useSearch({ from: "/inside/entities/assets" });
  const navigate = useNavigate({ from: "/entities/assets" });
  const [isCreating, create] = useState(false);
  const { data, error, refetch } = useQuery(assetsQuery(q));
  const columns = useColumns();
  return (
    <Page
      title={t("Assets")}
      hint={data && t("{{count}} assets", { count: data.totalElements })}
      actions={
        <>
          <TextInput
            type="search"
            aria-label={t("Find an asset")}
            placeholder={t("Find an asset")}
            leftSection={<IconSearch size={16} aria-hidden />}
            value={q}
            onChange={(event) =>
              void navigate({
                search: event.currentTarget.value ? { q: event.currentTarget.value } : {},
                replace: true,
              })
            }
          />
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => create(true)}>
            {t("Create an asset")}
          </Button>
        </>
      }
    >
      {error && <Failure error={error} onRetry={refetch} />}
      <Card withBorder padding={0}>
        {!data && !error && <RowsLoading />}
        {data?.data.length === 0 && (
          <Empty icon={<IconBuilding size={36} />} title={t("No assets")}>
            <Text size="sm" className="faint">
              {t("An asset is what devices belong to: a house, a room, a machine.")}
            </Text>
          </Empty>
        )}
        {data && data.data.length > 0 && (
          <VirtualTable
            label={t("Assets")}
            rows={data.data}
            rowCount={data.totalElements}
            rowKey={(asset) => asset.id.id}
            columns={columns}
            link={(asset) => ({ to: "/entities/assets/$assetId", params: { assetId: asset.id.id } })}
          />
        )}
      </Card>
      {isCreating && <CreateAsset onClose={() => create(false)} />}
    </Page>
  );
}

function useColumns(): Column<Asset>[] {
  const { t } = useTranslation();
  return [
    { title: t("Name"), width: "minmax(160px, 2fr)", cell: (asset) => <Text fw={550}>{asset.name}</Text> },
    { title: t("Profile"), width: "minmax(90px, 1fr)", cell: (asset) => asset.type },
    { title: t("Label"), width: "minmax(90px, 1fr)", isOptional: true, cell: (asset) => asset.label },
    {
      title: t("Created"),
      width: "170px",
      isOptional: true,
      cell: (asset) => <Time at={asset.createdTime} />,
    },
  ];
}

function CreateAsset({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [form, setForm] = useState({ name: "", type: "default", label: "" });
  const save = useMutation({
    mutationFn: () =>
      post<Asset>("/api/asset", { ...form, name: form.name.trim(), type: form.type.trim() || "default" }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ["assets"] });
      await navigate({ to: "/entities/assets/$assetId", params: { assetId: id.id } });
    },
  });
  const field = (name: keyof typeof form) => ({
    value: form[name],
    maxLength: 255,
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setForm((old) => ({ ...old, [name]: value }));
    },
  });
  return (
    <FormDialog
      title={t("Create an asset")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      isComplete={form.name.trim() !== ""}
      saving={save}
      submitLabel={t("Create")}
    >
      <TextInput label={t("Name")} required data-autofocus {...field("name")} />
      <TextInput
        label={t("Profile")}
        description={t("What it is, as “house” or “pump”; a new word makes a new profile.")}
        {...field("type")}
      />
      <TextInput label={t("Label")} {...field("label")} />
    </FormDialog>
  );
}
