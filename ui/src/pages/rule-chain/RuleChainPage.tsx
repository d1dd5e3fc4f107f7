import { Alert, Anchor, Badge, Skeleton } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ruleChainMetadataQuery, ruleChainQuery } from "../../api/queries";
import type { RuleChainFigures } from "../../api/types";
import { Failure } from "../../shell/PageState";
import { Page } from "../Page";
import { ChainMenu } from "../rule-chains/ChainMenu";
import { ChainEditor } from "./ChainEditor";
import { ExportChain } from "./ExportChain";
import classes from "./RuleChainPage.module.css";
import { useActivities } from "./useActivities";

export function RuleChainPage() {
  const { t } = useTranslation();
  const { ruleChainId } = useParams({ from: "/inside/ruleChains/$ruleChainId" });
  const navigate = useNavigate();
  const chain = useQuery(ruleChainQuery(ruleChainId));
  const metadata = useQuery(ruleChainMetadataQuery(ruleChainId));
  const [activities, problems] = useActivities(ruleChainId);
  const error = chain.error ?? metadata.error;
  return (
    <Page
      title={chain.data?.name ?? t("Rule chain")}
      hint={
        chain.data?.additionalInfo?.description ??
        (metadata.data && t("{{count}} nodes", { count: metadata.data.nodes.length }))
      }
      trail={
        <Anchor component={Link} to="/ruleChains" size="sm">
          {t("Rule chains")}
        </Anchor>
      }
      actions={
        <>
          {chain.data?.root && <Badge tt="none">{t("Root")}</Badge>}
          {chain.data && <ExportChain chain={chain.data} />}
          {chain.data && <ChainMenu chain={chain.data} onGone={() => void navigate({ to: "/ruleChains" })} />}
        </>
      }
      isFull
    >
      {error && <Failure error={error} onRetry={() => Promise.all([chain.refetch(), metadata.refetch()])} />}
      {problems.length > 0 && <Problems problems={problems} />}
      {!error && !metadata.data && <Skeleton flex={1} />}
      {metadata.data && (
        <ChainEditor
          key={ruleChainId}
          ruleChainId={ruleChainId}
          metadata={metadata.data}
          activities={activities}
        />
      )}
    </Page>
  );
}

/// What keeps nodes from working, each named with the cure.
function Problems({ problems }: { problems: RuleChainFigures["problems"] }) {
  const { t } = useTranslation();
  return (
    <Alert color="red" icon={<IconAlertTriangle />} title={t("This chain has a problem")} role="alert">
      <ul className={classes.problems}>
        {problems.map(({ nodeIndex, node, message }) => (
          <li key={`${nodeIndex} ${message}`}>
            {node && <strong>{node}: </strong>}
            {message}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
