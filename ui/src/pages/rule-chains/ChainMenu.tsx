/// What can be done to a chain as a whole: rename it, start messages in it, take it away with a way back.
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/Menu.css";
import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconStar, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { get, post, remove } from "../../api/http";
import type { Json, RuleChain } from "../../api/types";
import { notifyDone, notifyFailed } from "../../shell/notify";

export function ChainMenu({ chain, onGone }: { chain: RuleChain; onGone?: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ["ruleChains"] }),
      queries.invalidateQueries({ queryKey: ["ruleChain", chain.id.id] }),
    ]);
  const makeRoot = async () => {
    await post(`/api/ruleChain/${chain.id.id}/root`);
    await refresh();
    await notifyDone(t("Messages now start in {{name}}.", { name: chain.name }));
  };
  const erase = async () => {
    const copy = await get<Json>(`/api/ruleChain/${chain.id.id}/export`);
    await remove(`/api/ruleChain/${chain.id.id}`);
    onGone?.();
    await queries.invalidateQueries({ queryKey: ["ruleChains"] });
    await notifyDone(t("{{name}} is deleted.", { name: chain.name }), async () => {
      await post("/api/ruleChain/import", copy);
      await queries.invalidateQueries({ queryKey: ["ruleChains"] });
    });
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t("More for {{name}}", { name: chain.name })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconStar size={16} />}
          disabled={chain.root}
          onClick={() => void makeRoot().catch(notifyFailed)}
        >
          {t("Make it the root chain")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconTrash size={16} />}
          disabled={chain.root}
          onClick={() => void erase().catch(notifyFailed)}
        >
          {t("Delete")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
