import { Card, SimpleGrid, Skeleton, Text } from "@mantine/core";
import { IconDatabase } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { infoQuery } from "../../api/queries";
import { realtimeOrigin } from "../../api/realtime";
import { Empty, Failure } from "../../shell/PageState";
import { Page } from "../Page";
import classes from "./RealtimePage.module.css";

export function RealtimePage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({ ...infoQuery, staleTime: 0, refetchInterval: 3_000 });
  const realtime = data?.realtime?.url ? data.realtime : null;
  return (
    <Page
      title={t("Realtime database")}
      hint={t("Live JSON trees that Firebase's REST clients can use unchanged.")}
    >
      {error && <Failure error={error} onRetry={refetch} />}
      {!data && !error && <Skeleton height={110} maw={420} />}
      {data && (realtime?.databases.length ?? 0) === 0 && (
        <Empty icon={<IconDatabase size={36} />} title={t("No databases yet")}>
          <Text size="sm" className="faint">
            {t("A database comes into being with the first write to it.")}
          </Text>
        </Empty>
      )}
      {realtime && (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
          {realtime.databases.map((database) => (
            <Card key={database} withBorder padding="md" className={classes.card}>
              <Link to="/realtime/$database" params={{ database }} className={classes.link}>
                <IconDatabase size={22} stroke={1.6} aria-hidden />
                <Text fw={600} component="span">
                  {database}
                </Text>
              </Link>
              <Text size="xs" className={`faint ${classes.url}`}>
                {`${realtimeOrigin(realtime.url)}/.json?ns=${database}`}
              </Text>
            </Card>
          ))}
        </SimpleGrid>
      )}
    </Page>
  );
}
