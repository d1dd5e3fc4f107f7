import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { get } from "../../api/http";
import type { Json, RuleChain } from "../../api/types";
import { notifyFailed } from "../../shell/notify";
import { download } from "../../text/download";

/// Saves the chain as a file that Millrace and ThingsBoard import.
export function ExportChain({ chain }: { chain: RuleChain }) {
  const { t } = useTranslation();
  const save = () =>
    get<Json>(`/api/ruleChain/${chain.id.id}/export`).then(
      (file) => download(`${chain.name}.json`, file),
      notifyFailed,
    );
  return (
    <Button size="xs" variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={save}>
      {t("Export")}
    </Button>
  );
}
