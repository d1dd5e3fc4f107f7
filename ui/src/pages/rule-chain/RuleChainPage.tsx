import { Alert, Anchor, Badge, Skeleton } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { ruleChainMetadataQuery, ruleChainQuery, ruleChainsQuery } from "../../api/queries";
import type { RuleChainFigures } from "../../api/types";
import { Failure } from "../../shell/PageState";
import { Page } from "../Page";
import { ExportChain } from "./ExportChain";
import { graphOf } from "./graph";
import { NodeInspector } from "./NodeInspector";
import classes from "./RuleChainPage.module.css";
import { useActivities } from "./useActivities";

const ChainPicture = lazy(() => import("./ChainPicture"));

export function RuleChainPage() {
  const { t } = useTranslation();
  const { ruleChainId } = useParams({ from: "/inside/ruleChains/$ruleChainId" });
  const { node } = useSearch({ from: "/inside/ruleChains/$ruleChainId" });
  const navigate = useNavigate({ from: "/ruleChains/$ruleChainId" });
  const chain = useQuery(ruleChainQuery(ruleChainId));
  const metadata = useQuery(ruleChainMetadataQuery(ruleChainId));
  const chains = useQuery(ruleChainsQuery).data?.data;
  const [activity, problems] = useActivities(ruleChainId);
  const graph = useMemo(() => metadata.data && graphOf(metadata.data), [metadata.data]);
  const error = chain.error ?? metadata.error;
  const chosen = node === undefined ? undefined : graph?.nodes[node];

  const choose = (index: number | null) =>
    void navigate({ search: index === null ? {} : { node: index }, replace: true });
  const chainName = (id: string) => chains?.find((known) => known.id.id === id)?.name;

  return (
    <Page
      title={chain.data?.name ?? t("Rule chain")}
      hint={
        chain.data?.additionalInfo?.description ??
        (graph && t("{{count}} nodes", { count: graph.nodes.length }))
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
        </>
      }
      isFull
    >
      {error && <Failure error={error} onRetry={() => Promise.all([chain.refetch(), metadata.refetch()])} />}
      {problems.length > 0 && <Problems problems={problems} />}
      {!error && (
        <div className={classes.split}>
          <section className={classes.picture} aria-label={t("Picture of the rule chain")}>
            {graph ? (
              <Suspense fallback={<Skeleton height="100%" />}>
                <ChainPicture
                  key={ruleChainId}
                  graph={graph}
                  activity={activity}
                  chosen={node ?? null}
                  onChoose={choose}
                />
              </Suspense>
            ) : (
              <Skeleton height="100%" />
            )}
          </section>
          {chosen && (
            <NodeInspector
              node={chosen}
              activity={activity.get(chosen.node.id?.id ?? "")}
              chainName={chainName}
              onClose={() => choose(null)}
            />
          )}
        </div>
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
