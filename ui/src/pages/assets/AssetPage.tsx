import "@mantine/core/styles/Tabs.css";
import { Anchor, Button, Card, Skeleton, Tabs } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { get, remove } from "../../api/http";
import type { Asset } from "../../api/types";
import type { AssetTab } from "../../router";
import { notifyDone, notifyFailed } from "../../shell/notify";
import { Failure } from "../../shell/PageState";
import { AttributesTab } from "../device/AttributesTab";
import { DeviceAlarms } from "../device/DeviceAlarms";
import { Page } from "../Page";
import { RelationsCard } from "../relations/RelationsCard";

export function AssetPage() {
  const { t } = useTranslation();
  const { assetId } = useParams({ from: "/inside/entities/assets/$assetId" });
  const { tab = "relations" } = useSearch({ from: "/inside/entities/assets/$assetId" });
  const navigate = useNavigate({ from: "/entities/assets/$assetId" });
  const { data, error, refetch } = useQuery({
    queryKey: ["asset", assetId],
    queryFn: () => get<Asset>(`/api/asset/info/${assetId}`),
  });
  const entity = { entityType: "ASSET", id: assetId };
  return (
    <Page
      title={data?.name ?? t("Asset")}
      hint={data ? t("Profile {{type}}", { type: data.type }) : <Skeleton w={160} h={18} />}
      trail={
        <Anchor component={Link} to="/entities/assets" size="sm">
          {t("Assets")}
        </Anchor>
      }
      actions={data && <DeleteAsset asset={data} />}
    >
      {error && <Failure error={error} onRetry={refetch} />}
      {!error && (
        <Tabs
          value={tab}
          keepMounted={false}
          onChange={(next) =>
            void navigate({ search: next === "relations" ? {} : { tab: next as AssetTab } })
          }
        >
          <Tabs.List mb="md">
            <Tabs.Tab value="relations">{t("Relations")}</Tabs.Tab>
            <Tabs.Tab value="attributes">{t("Attributes")}</Tabs.Tab>
            <Tabs.Tab value="alarms">{t("Alarms")}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="relations">
            <RelationsCard entity={entity} />
          </Tabs.Panel>
          <Tabs.Panel value="attributes">
            <AttributesTab entity={entity} />
          </Tabs.Panel>
          <Tabs.Panel value="alarms">
            <Card withBorder padding="md">
              <DeviceAlarms deviceId={assetId} entityType="ASSET" />
            </Card>
          </Tabs.Panel>
        </Tabs>
      )}
    </Page>
  );
}

function DeleteAsset({ asset }: { asset: Asset }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const erase = async () => {
    await remove(`/api/asset/${asset.id.id}`);
    await queries.invalidateQueries({ queryKey: ["assets"] });
    await navigate({ to: "/entities/assets" });
    await notifyDone(t("{{name}} is deleted.", { name: asset.name }));
  };
  return (
    <Button
      variant="default"
      leftSection={<IconTrash size={18} aria-hidden />}
      onClick={() => void erase().catch(notifyFailed)}
    >
      {t("Delete")}
    </Button>
  );
}
