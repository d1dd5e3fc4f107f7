/// What is done with all chosen devices at once.
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/Menu.css";
import { Button, Checkbox, Group, Menu, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { get, post, remove } from "../../api/http";
import type { Device, DeviceInfo, DeviceProfile, EntityId, Page } from "../../api/types";
import { notifyDone, notifyFailed } from "../../shell/notify";

interface BulkDevicesProps {
  devices: DeviceInfo[];
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
}

interface Titled {
  id: EntityId;
  title: string;
}

const listMax = 500;
const atOnce = 8;

export function BulkDevices({ devices, chosen, onChoose }: BulkDevicesProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const all = devices.filter(({ id }) => chosen.has(id.id));
  const isAny = all.length > 0;
  const customers = useQuery({
    queryKey: ["customers", "titles"],
    queryFn: ({ signal }) => get<Page<Titled>>("/api/customers", { pageSize: listMax, page: 0 }, signal),
    enabled: isAny,
  }).data?.data;
  const profiles = useQuery({
    queryKey: ["profiles", "names"],
    queryFn: ({ signal }) =>
      get<Page<DeviceProfile>>("/api/deviceProfileInfos", { pageSize: listMax, page: 0 }, signal),
    enabled: isAny,
  }).data?.data;
  const act = useMutation({
    mutationFn: async (each: (device: DeviceInfo) => Promise<unknown>) => {
      for (let i = 0; i < all.length; i += atOnce) await Promise.all(all.slice(i, i + atOnce).map(each));
      return all.length;
    },
    onSuccess: (count) => {
      onChoose(new Set());
      void notifyDone(t("{{count}} devices are done.", { count }));
    },
    onError: notifyFailed,
    onSettled: () => queries.invalidateQueries({ queryKey: ["devices"] }),
  });
  const erase = () => {
    // What was measured goes too, so there is no way back to offer.
    if (confirm(t("Delete {{count}} devices with all their values?", { count: all.length })))
      act.mutate(({ id }) => remove(`/api/device/${id.id}`));
  };
  if (!isAny) return null;
  return (
    <Group gap="sm" mb="sm">
      <Checkbox
        label={t("All shown")}
        checked={all.length === devices.length}
        indeterminate={all.length < devices.length}
        onChange={(event) =>
          onChoose(new Set(event.currentTarget.checked ? devices.map(({ id }) => id.id) : []))
        }
      />
      <Choice
        label={t("Assign to a customer")}
        isBusy={act.isPending}
        options={[
          ...(customers ?? []).map(({ id, title }) => ({
            key: id.id,
            label: title,
            onChoose: () => act.mutate((device) => post(`/api/customer/${id.id}/device/${device.id.id}`)),
          })),
          {
            key: "public",
            label: t("Everybody"),
            onChoose: () => act.mutate(({ id }) => post(`/api/customer/public/device/${id.id}`)),
          },
          {
            key: "nobody",
            label: t("Nobody"),
            onChoose: () => act.mutate(({ id }) => remove(`/api/customer/device/${id.id}`)),
          },
        ]}
      />
      <Choice
        label={t("Change the profile")}
        isBusy={act.isPending}
        options={(profiles ?? []).map((profile) => ({
          key: profile.id.id,
          label: profile.name,
          onChoose: () => act.mutate((device) => profiled(device, profile.id)),
        }))}
      />
      <Button size="compact-sm" variant="default" loading={act.isPending} onClick={erase}>
        {t("Delete")}
      </Button>
      <Text size="sm" className="faint" role="status">
        {t("{{count}} chosen", { count: all.length })}
      </Text>
    </Group>
  );
}

/// Read again first: another may have changed it since the list was made.
async function profiled({ id }: DeviceInfo, deviceProfileId: EntityId): Promise<void> {
  const { type: _, ...device } = await get<Device>(`/api/device/${id.id}`);
  await post("/api/device", { ...device, deviceProfileId });
}

interface ChoiceProps {
  label: string;
  isBusy: boolean;
  options: { key: string; label: string; onChoose: () => void }[];
}

function Choice({ label, isBusy, options }: ChoiceProps) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button size="compact-sm" variant="default" disabled={isBusy}>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: "auto" }}>
        {options.map(({ key, label: name, onChoose }) => (
          <Menu.Item key={key} onClick={onChoose}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
