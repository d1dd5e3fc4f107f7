/// Names for entities that widgets use, so that one change of an alias moves the whole dashboard to another device.
import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Drawer.css";
import "@mantine/core/styles/Fieldset.css";
import { Button, Drawer, Fieldset, Group, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Resolved } from "../../dashboards/entities";
import { type Alias, aliasesOf, type Dashboard, withAlias, withoutAlias } from "../../dashboards/model";
import { AliasFields } from "./AliasFields";

interface AliasesDrawerProps {
  dashboard: Dashboard;
  resolved: ReadonlyMap<string, Resolved>;
  onChange: (change: (dashboard: Dashboard) => Dashboard, kind?: string) => void;
  onClose: () => void;
}

export function AliasesDrawer({ dashboard, resolved, onChange, onClose }: AliasesDrawerProps) {
  const { t } = useTranslation();
  const set = (alias: Alias) => onChange((old) => withAlias(old, alias), `alias ${alias.id}`);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="md"
      title={t("Aliases")}
      closeButtonProps={{ "aria-label": t("Close") }}
    >
      <Stack>
        {aliasesOf(dashboard).map((alias) => (
          <Fieldset key={alias.id} legend={alias.alias || t("New alias")}>
            <AliasFields alias={alias} onChange={set} />
            <Group justify="space-between" mt="xs">
              <Text size="sm" className="faint" role="status">
                {resolved.get(alias.id)?.error?.message ??
                  t("{{count}} entities", { count: resolved.get(alias.id)?.entities.length ?? 0 })}
              </Text>
              <Button
                size="xs"
                variant="default"
                onClick={() => onChange((old) => withoutAlias(old, alias.id))}
              >
                {t("Delete")}
              </Button>
            </Group>
          </Fieldset>
        ))}
        <Button
          variant="light"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() =>
            set({
              id: crypto.randomUUID(),
              alias: t("New alias"),
              filter: { type: "entityType", entityType: "DEVICE" },
            })
          }
        >
          {t("Add an alias")}
        </Button>
      </Stack>
    </Drawer>
  );
}
