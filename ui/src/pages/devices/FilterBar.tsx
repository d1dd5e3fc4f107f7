/// Which devices are listed, and the filters that a person has kept.
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/Menu.css";
import { ActionIcon, Button, Group, Menu, NativeSelect } from "@mantine/core";
import { IconBookmark, IconBookmarkPlus, IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { get } from "../../api/http";
import type { DeviceProfile, Page } from "../../api/types";
import { notifyDone, notifyFailed } from "../../shell/notify";
import {
  type DeviceFilters,
  type KeptFilter,
  keepFilters,
  keptFiltersQuery,
  withFilter,
  withoutEmpty,
} from "./filters";

interface FilterBarProps {
  filters: DeviceFilters;
  onChange: (filters: DeviceFilters) => void;
}

const profilesMax = 500;

export function FilterBar({ filters, onChange }: FilterBarProps) {
  const { t } = useTranslation();
  const { q, state, profile } = filters;
  const profiles = useQuery({
    queryKey: ["profiles", "names"],
    queryFn: ({ signal }) =>
      get<Page<DeviceProfile>>("/api/deviceProfileInfos", { pageSize: profilesMax, page: 0 }, signal),
    staleTime: 60_000,
  }).data?.data;
  const isAny = q !== "" || state !== undefined || profile !== undefined;
  return (
    <Group gap="xs" mb="sm">
      <NativeSelect
        size="xs"
        aria-label={t("State")}
        data={[
          { value: "", label: t("Active or not") },
          { value: "active", label: t("Active") },
          { value: "inactive", label: t("Inactive") },
        ]}
        value={state ?? ""}
        onChange={(event) =>
          onChange({ ...filters, state: (event.currentTarget.value || undefined) as DeviceFilters["state"] })
        }
      />
      <NativeSelect
        size="xs"
        aria-label={t("Profile")}
        data={[
          { value: "", label: t("Any profile") },
          ...(profiles ?? []).map(({ id, name }) => ({ value: id.id, label: name })),
        ]}
        value={profile ?? ""}
        onChange={(event) => onChange({ ...filters, profile: event.currentTarget.value || undefined })}
      />
      {isAny && (
        <Button
          size="xs"
          variant="subtle"
          onClick={() => onChange({ q: "", state: undefined, profile: undefined })}
        >
          {t("Show all")}
        </Button>
      )}
      <KeptFilters filters={filters} isAny={isAny} onChange={onChange} />
    </Group>
  );
}

function KeptFilters({ filters, isAny, onChange }: FilterBarProps & { isAny: boolean }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const kept = useQuery(keptFiltersQuery).data ?? [];
  const put = async (next: KeptFilter[]) => {
    await keepFilters(next);
    await queries.invalidateQueries({ queryKey: keptFiltersQuery.queryKey });
  };
  const keep = () => {
    const name = prompt(t("Name of the filter"))?.trim();
    if (name) put(withFilter(kept, { name, ...withoutEmpty(filters) })).catch(notifyFailed);
  };
  const forget = async (name: string) => {
    await put(kept.filter((each) => each.name !== name));
    await notifyDone(t("{{name}} is deleted.", { name }), () => put(kept));
  };
  if (kept.length === 0 && !isAny) return null;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconBookmark size={16} aria-hidden />}>
          {t("Saved filters")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {kept.map(({ name, q = "", state, profile }) => (
          <Group key={name} gap={4} wrap="nowrap">
            <Menu.Item onClick={() => onChange({ q, state, profile })}>{name}</Menu.Item>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("Delete {{name}}", { name })}
              onClick={() => void forget(name).catch(notifyFailed)}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </Group>
        ))}
        {isAny && (
          <Menu.Item leftSection={<IconBookmarkPlus size={16} aria-hidden />} onClick={keep}>
            {t("Save this filter…")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
