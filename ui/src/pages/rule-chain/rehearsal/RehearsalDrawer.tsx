/// What a change of a chain would do: against its versions, its tests, the past, and the live messages.
import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Drawer.css";
import "@mantine/core/styles/Tabs.css";
import { Drawer, Tabs } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Activities } from "../figures";
import type { Editor } from "../useEditor";
import { ReplayTab } from "./ReplayTab";
import { ShadowTab } from "./ShadowTab";
import { TestsTab } from "./TestsTab";
import { VersionsTab } from "./VersionsTab";

interface RehearsalDrawerProps {
  ruleChainId: string;
  editor: Editor;
  activities: Activities;
  onClose: () => void;
}

export default function RehearsalDrawer({ ruleChainId, editor, activities, onClose }: RehearsalDrawerProps) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={t("Try and compare")}
      closeButtonProps={{ "aria-label": t("Close") }}
    >
      <Tabs defaultValue="versions" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="versions">{t("Versions")}</Tabs.Tab>
          <Tabs.Tab value="tests">{t("Tests")}</Tabs.Tab>
          <Tabs.Tab value="replay">{t("Replay")}</Tabs.Tab>
          <Tabs.Tab value="shadow">{t("Shadow")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="versions">
          <VersionsTab ruleChainId={ruleChainId} editor={editor} />
        </Tabs.Panel>
        <Tabs.Panel value="tests">
          <TestsTab ruleChainId={ruleChainId} editor={editor} activities={activities} />
        </Tabs.Panel>
        <Tabs.Panel value="replay">
          <ReplayTab ruleChainId={ruleChainId} editor={editor} />
        </Tabs.Panel>
        <Tabs.Panel value="shadow">
          <ShadowTab ruleChainId={ruleChainId} editor={editor} />
        </Tabs.Panel>
      </Tabs>
    </Drawer>
  );
}
