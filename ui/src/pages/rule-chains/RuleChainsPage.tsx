import { Badge, Card, Group, Text } from "@mantine/core";
import { IconRouteAltLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ruleChainsQuery } from "../../api/queries";
import type { RuleChain } from "../../api/types";
import { Empty, Failure, RowsLoading } from "../../shell/PageState";
import { type Column, VirtualTable } from "../../shell/VirtualTable";
import { Time } from "../../text/Time";
import { Page } from "../Page";
import { ChainMenu } from "./ChainMenu";
import { CreateChain } from "./CreateChain";
import { ImportChain } from "./ImportChain";
import classes from "./RuleChainsPage.module.css";

export function RuleChainsPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(ruleChainsQuery);
  const columns = useColumns();
  return (
    <Page
      title={t("Rule chains")}
      hint={t("What happens to a message after it arrives.")}
      actions={
        <>
          <ImportChain />
          <CreateChain />
        </>
      }
    >
      {error && <Failure error={error} onRetry={refetch} />}
      <Card withBorder padding={0}>
        {!data && !error && <RowsLoading />}
        {data?.data.length === 0 && (
          <Empty icon={<IconRouteAltLeft size={36} />} title={t("No rule chains yet")} />
        )}
        {data && data.data.length > 0 && (
          <VirtualTable
            label={t("Rule chains")}
            rows={[...data.data].sort((a, b) => Number(b.root) - Number(a.root))}
            rowCount={data.totalElements}
            rowKey={(chain) => chain.id.id}
            columns={columns}
            link={(chain) => ({ to: "/ruleChains/$ruleChainId", params: { ruleChainId: chain.id.id } })}
          />
        )}
      </Card>
    </Page>
  );
}

function useColumns(): Column<RuleChain>[] {
  const { t } = useTranslation();
  return [
    {
      title: t("Name"),
      width: "minmax(180px, 2fr)",
      cell: (chain) => (
        <Group gap="xs" wrap="nowrap">
          <Text fw={550} truncate>
            {chain.name}
          </Text>
          {chain.root && (
            <Badge variant="light" tt="none" title={t("Every message of the tenant starts here")}>
              {t("Root")}
            </Badge>
          )}
        </Group>
      ),
    },
    {
      title: t("Description"),
      width: "minmax(120px, 3fr)",
      isOptional: true,
      cell: (chain) => chain.additionalInfo?.description,
    },
    {
      title: t("Created"),
      width: "150px",
      isOptional: true,
      cell: (chain) => <Time at={chain.createdTime} />,
    },
    {
      title: t("More"),
      width: "48px",
      cell: (chain) => (
        <span className={classes.menu}>
          <ChainMenu chain={chain} />
        </span>
      ),
    },
  ];
}
