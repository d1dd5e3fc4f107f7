/// The address at which everybody may look at a dashboard, and which of the devices on it they may see.
import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Modal.css";
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Switch.css";
import { Alert, Button, Group, Modal, Stack, Switch, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { get, post, remove } from "../../api/http";
import type { EntityId } from "../../api/types";
import type { Resolved } from "../../dashboards/entities";
import type { Dashboard } from "../../dashboards/model";
import { CopyButton } from "../../text/CopyButton";

interface PublicLinkProps {
  dashboard: Dashboard;
  resolved: ReadonlyMap<string, Resolved>;
  onClose: () => void;
}

interface Assigned {
  assignedCustomers: { customerId: EntityId; public: boolean }[] | null;
}

interface Owned {
  id: EntityId;
  name: string;
  customerId?: EntityId | null;
}

const devicesMax = 100;

export function PublicLink({ dashboard, resolved, onClose }: PublicLinkProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const id = dashboard.id?.id ?? "";
  const queryKey = ["dashboard", id, "public"];
  const info = useQuery({
    queryKey,
    queryFn: ({ signal }) => get<Assigned>(`/api/dashboard/info/${id}`, {}, signal),
  });
  const customer = info.data?.assignedCustomers?.find((each) => each.public)?.customerId.id;
  const change = useMutation({
    mutationFn: async (isPublic: boolean) => {
      const path = `/api/customer/public/dashboard/${id}`;
      await (isPublic ? post(path) : remove(path));
    },
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
  const link = `${location.origin}/dashboard/${id}?publicId=${customer}`;
  const error = info.error ?? change.error;
  return (
    <Modal opened onClose={onClose} title={t("Public link")} closeButtonProps={{ "aria-label": t("Close") }}>
      <Stack>
        <Switch
          label={t("Everybody with the link may look at it")}
          description={t("Without an account, and without changing anything.")}
          checked={customer !== undefined}
          disabled={!info.data || change.isPending}
          onChange={(event) => change.mutate(event.currentTarget.checked)}
        />
        {error && (
          <Alert color="red" role="alert">
            {error.message}
          </Alert>
        )}
        {customer && (
          <>
            <Group gap="xs" wrap="nowrap">
              <Text component="code" size="sm" flex={1} style={{ overflowWrap: "anywhere" }}>
                {link}
              </Text>
              <CopyButton text={link} />
            </Group>
            <Devices customer={customer} resolved={resolved} />
          </>
        )}
      </Stack>
    </Modal>
  );
}

/// Visitors see the values of devices that are public too; the others can be made so here.
function Devices({ customer, resolved }: { customer: string; resolved: ReadonlyMap<string, Resolved> }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const ids = [
    ...new Set(
      [...resolved.values()].flatMap(({ entities }) =>
        entities.filter(({ entityType }) => entityType === "DEVICE").map(({ id }) => id),
      ),
    ),
  ].slice(0, devicesMax);
  const queryKey = ["devices", "public", ids.join()];
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => get<Owned[]>("/api/devices", { deviceIds: ids.join() }, signal),
    enabled: ids.length > 0,
  });
  const hidden = data?.filter(({ customerId }) => customerId?.id !== customer) ?? [];
  const show = useMutation({
    mutationFn: async () => {
      for (const { id } of hidden) await post(`/api/customer/public/device/${id.id}`);
    },
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
  if (!data) return null;
  if (hidden.length === 0)
    return (
      <Text size="sm" className="faint">
        {t("All of its devices are public.")}
      </Text>
    );
  return (
    <Alert color="yellow" title={t("{{count}} devices stay hidden", { count: hidden.length })}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {t(
            "Visitors see no values of {{names}}. Making a device public takes it from its customer, if it has one.",
            {
              names: hidden.map(({ name }) => name).join(", "),
            },
          )}
        </Text>
        {show.error && <Text size="sm">{show.error.message}</Text>}
        <Button size="xs" variant="default" loading={show.isPending} onClick={() => show.mutate()}>
          {t("Make them public")}
        </Button>
      </Stack>
    </Alert>
  );
}
