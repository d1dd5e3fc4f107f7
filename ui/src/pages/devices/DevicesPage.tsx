import { Button, Card, Text, TextInput } from "@mantine/core";
import { IconCpu, IconPlus, IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { devicesQuery } from "../../api/queries";
import type { DeviceInfo } from "../../api/types";
import { Empty, Failure, RowsLoading } from "../../shell/PageState";
import { type Column, VirtualTable } from "../../shell/VirtualTable";
import { Time } from "../../text/Time";
import { Page } from "../Page";
import { BulkDevices } from "./BulkDevices";
import { CreateDevice } from "./CreateDevice";
import classes from "./DevicesPage.module.css";
import { FilterBar } from "./FilterBar";
import { type DeviceFilters, withoutEmpty } from "./filters";

export function DevicesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { q = "", state, profile, create = false } = useSearch({ from: "/inside/devices" });
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const devices = useInfiniteQuery(
    devicesQuery(q, {
      ...(state && { active: state === "active" }),
      ...(profile && { deviceProfileId: profile }),
    }),
  );
  const rows = devices.data?.pages.flatMap((page) => page.data) ?? [];
  const count = devices.data?.pages[0]?.totalElements;
  const isFiltered = q !== "" || state !== undefined || profile !== undefined;
  const columns = useColumns(chosen, choose);

  const search = (part: Partial<DeviceFilters> & { create?: true }) =>
    void navigate({
      to: "/devices",
      search: withoutEmpty({ q, state, profile, ...part }),
      replace: true,
    });

  return (
    <Page
      title={t("Devices")}
      hint={count !== undefined && t("{{count}} devices", { count })}
      actions={
        <>
          <TextInput
            type="search"
            aria-label={t("Find a device by name, type or label")}
            placeholder={t("Find a device")}
            leftSection={<IconSearch size={16} aria-hidden />}
            value={q}
            onChange={(event) => search({ q: event.currentTarget.value })}
          />
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => search({ create: true })}>
            {t("Create a device")}
          </Button>
        </>
      }
    >
      <FilterBar filters={{ q, state, profile }} onChange={search} />
      {devices.error && <Failure error={devices.error} onRetry={devices.refetch} />}
      <BulkDevices devices={rows} chosen={chosen} onChoose={choose} />
      <Card withBorder padding={0}>
        {devices.isPending && <RowsLoading />}
        {devices.data && rows.length === 0 && <NoDevices search={isFiltered ? q : null} />}
        {rows.length > 0 && (
          <VirtualTable
            label={t("Devices")}
            rows={rows}
            rowCount={count ?? rows.length}
            rowKey={(device) => device.id.id}
            columns={columns}
            link={linkOf}
            onEnd={() => devices.hasNextPage && !devices.isFetching && void devices.fetchNextPage()}
          />
        )}
      </Card>
      <CreateDevice opened={create} onClose={() => search({})} />
    </Page>
  );
}

const linkOf = (device: DeviceInfo) =>
  ({ to: "/devices/$deviceId", params: { deviceId: device.id.id } }) as const;

function useColumns(
  chosen: ReadonlySet<string>,
  choose: (chosen: ReadonlySet<string>) => void,
): Column<DeviceInfo>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        title: t("Choose"),
        width: "24px",
        isTool: true,
        cell: ({ id, name }) => (
          <input
            type="checkbox"
            className={classes.choose}
            aria-label={t("Choose {{name}}", { name })}
            checked={chosen.has(id.id)}
            onChange={(event) => {
              const next = new Set(chosen);
              if (event.currentTarget.checked) next.add(id.id);
              else next.delete(id.id);
              choose(next);
            }}
          />
        ),
      },
      {
        title: t("Name"),
        width: "minmax(160px, 2fr)",
        cell: (device) => <div className={classes.name}>{device.name}</div>,
      },
      { title: t("State"), width: "110px", cell: (device) => <State isActive={device.active} /> },
      {
        title: t("Profile"),
        width: "minmax(90px, 1fr)",
        isOptional: true,
        cell: (device) => device.deviceProfileName ?? device.type,
      },
      {
        title: t("Customer"),
        width: "minmax(90px, 1fr)",
        isOptional: true,
        cell: (device) => device.customerTitle,
      },
      { title: t("Label"), width: "minmax(90px, 1fr)", isOptional: true, cell: (device) => device.label },
      {
        title: t("Created"),
        width: "170px",
        isOptional: true,
        cell: (device) => <Time at={device.createdTime} />,
      },
    ],
    [t, chosen, choose],
  );
}

function State({ isActive }: { isActive: boolean | undefined }) {
  const { t } = useTranslation();
  if (isActive === undefined) return null;
  return (
    <span className={classes.state} data-active={isActive || undefined}>
      {isActive ? t("Active") : t("Inactive")}
    </span>
  );
}

/// Null where nothing was asked for in particular.
function NoDevices({ search }: { search: string | null }) {
  const { t } = useTranslation();
  return search !== null ? (
    <Empty
      icon={<IconSearch size={36} />}
      title={search ? t("No device matches “{{search}}”", { search }) : t("No device passes these filters")}
    >
      <Text size="sm" className="faint">
        {t("The search looks at names, types and labels.")}
      </Text>
    </Empty>
  ) : (
    <Empty icon={<IconCpu size={36} />} title={t("No devices yet")}>
      <Text size="sm" className="faint">
        {t("Create one, copy its access token into your program, and watch its values arrive.")}
      </Text>
    </Empty>
  );
}
