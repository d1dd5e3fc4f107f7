import "@mantine/core/styles/FloatingIndicator.css";
import "@mantine/core/styles/SegmentedControl.css";
import { Button, Card, SegmentedControl, Text } from "@mantine/core";
import { IconBellOff } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type AlarmFilter, alarmsQuery } from "../../api/queries";
import { Empty, Failure, RowsLoading } from "../../shell/PageState";
import { Page } from "../Page";
import { AlarmList } from "./AlarmList";
import { BulkActions, ChooseAlarm } from "./BulkActions";
import { useAlarmRefresh } from "./useAlarmRefresh";

const filterTexts: Record<AlarmFilter, string> = {
  active: "Active",
  unacknowledged: "Not acknowledged",
  cleared: "Cleared",
  any: "All",
};

export function AlarmsPage() {
  const { t } = useTranslation();
  const { show = "active" } = useSearch({ from: "/inside/alarms" });
  const navigate = useNavigate({ from: "/alarms" });
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    alarmsQuery(show),
  );
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  useAlarmRefresh(null);
  const alarms = data?.pages.flatMap((page) => page.data) ?? [];
  const count = data?.pages[0]?.totalElements;
  const filters = Object.entries(filterTexts).map(([value, label]) => ({ value, label: t(label) }));

  return (
    <Page
      title={t("Alarms")}
      hint={count !== undefined && t("{{count}} alarms", { count })}
      actions={
        <SegmentedControl
          aria-label={t("Which alarms")}
          data={filters}
          value={show}
          onChange={(next) => void navigate({ search: { show: next as AlarmFilter }, replace: true })}
        />
      }
    >
      {error && <Failure error={error} onRetry={refetch} />}
      <Card withBorder padding="md">
        {!data && !error && <RowsLoading />}
        {data && alarms.length === 0 && (
          <Empty icon={<IconBellOff size={36} />} title={t("No such alarms")}>
            <Text size="sm" className="faint">
              {t("New ones appear here by themselves.")}
            </Text>
          </Empty>
        )}
        {alarms.length > 0 && (
          <>
            <BulkActions alarms={alarms} chosen={chosen} onChoose={setChosen} />
            <AlarmList
              alarms={alarms}
              hasOriginator
              before={(alarm) => (
                <ChooseAlarm
                  alarm={alarm}
                  isChosen={chosen.has(alarm.id.id)}
                  onChoose={(isChosen) =>
                    setChosen((old) => {
                      const others = [...old].filter((each) => each !== alarm.id.id);
                      return new Set(isChosen ? [...others, alarm.id.id] : others);
                    })
                  }
                />
              )}
            />
          </>
        )}
        {hasNextPage && (
          <Button variant="default" mt="sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("Show more")}
          </Button>
        )}
      </Card>
    </Page>
  );
}
