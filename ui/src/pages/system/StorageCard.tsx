/// How full the disk is, how long it lasts, and what happens when it is full.
import "@mantine/core/styles/Progress.css";
import { Alert, Progress, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type Storage, storageQuery } from "../../api/storage";
import { Failure, RowsLoading } from "../../shell/PageState";
import { bytesText } from "../../text/amounts";
import { Figure, Part } from "./Part";

export function StorageCard() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(storageQuery);
  return (
    <Part title={t("Storage")}>
      {error && <Failure error={error} onRetry={refetch} />}
      {!data && !error && <RowsLoading rows={2} />}
      {data?.trouble && (
        <Alert color="red" title={t("Nothing can be stored now")} mb="sm">
          <Text size="sm">{data.trouble}</Text>
          <Text size="sm">
            {t(
              "New messages are refused and their senders wait. What is stored can be read, and messages are taken again by themselves when the disk has room.",
            )}
          </Text>
        </Alert>
      )}
      {data?.usedBytes !== undefined && <Amounts storage={data} />}
      {data && data.usedBytes === undefined && (
        <Text size="sm" className="faint">
          {t("The disk has not been looked at yet.")}
        </Text>
      )}
    </Part>
  );
}

function Amounts({ storage }: { storage: Storage }) {
  const { t, i18n } = useTranslation();
  const bytes = (amount = 0) => bytesText(amount, i18n.language);
  const days = (count: number) => Math.floor(count).toLocaleString(i18n.language);
  const used = storage.usedBytes ?? 0;
  const room = storage.budgetBytes || used + (storage.freeBytes ?? 0);
  const share = room > 0 ? Math.min(100, (100 * used) / room) : 0;
  return (
    <Stack gap={6}>
      <Progress
        value={share}
        color={share > 90 ? "red.7" : "teal.8"}
        aria-label={t("{{percent}} % of the room is used", { percent: Math.round(share) })}
      />
      <Figure name={t("Used")} value={bytes(used)} />
      <Figure
        name={t("Budget")}
        value={storage.budgetBytes ? bytes(storage.budgetBytes) : t("the whole disk")}
      />
      <Figure name={t("Free on the disk")} value={bytes(storage.freeBytes)} />
      <Figure name={t("Grows by")} value={t("{{bytes}} a day", { bytes: bytes(storage.bytesPerDay) })} />
      <Figure
        name={storage.budgetBytes ? t("Days until the oldest go") : t("Days left")}
        value={storage.daysLeft === undefined ? t("not known yet") : days(storage.daysLeft)}
      />
      <Figure
        name={t("Telemetry since")}
        value={
          storage.oldestTs === undefined
            ? t("none yet")
            : new Date(storage.oldestTs).toLocaleDateString(i18n.language)
        }
      />
      {!!storage.daysDropped && (
        <Figure name={t("Days dropped to keep the budget")} value={days(storage.daysDropped)} />
      )}
    </Stack>
  );
}
