import { Button, Code, Group, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { post } from "../../../api/http";
import { notifyDone, notifyFailed } from "../../../shell/notify";
import { Failure, RowsLoading } from "../../../shell/PageState";
import { Time } from "../../../text/Time";
import type { Editor } from "../useEditor";
import { GraphDiff } from "./GraphDiff";
import { type Difference, differenceQuery, type Version, versionQuery, versionsQuery } from "./rehearsal";

export function VersionsTab({ ruleChainId, editor }: { ruleChainId: string; editor: Editor }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(versionsQuery(ruleChainId));
  const [chosen, choose] = useState<number | null>(null);
  const restore = async (version: Version) => {
    await post(`/api/ruleChain/${ruleChainId}/versions/${version.version}/restore`);
    await queries.invalidateQueries({ queryKey: ["ruleChain", ruleChainId] });
    choose(null);
    await notifyDone(t("The chain is again as it was in version {{version}}.", { ...version }));
  };
  return (
    <Stack gap="sm">
      {error && <Failure error={error} onRetry={refetch} />}
      {!data && !error && <RowsLoading rows={3} />}
      {data?.map((version, i) => (
        <Stack key={version.version} gap="xs" role="group" aria-label={`${t("Version")} ${version.version}`}>
          <Group justify="space-between" wrap="nowrap">
            <div>
              <Text size="sm" fw={600}>
                {t("Version {{version}}", { ...version })}
                {i === 0 && ` · ${t("live now")}`}
              </Text>
              <Text size="xs" className="faint">
                <Time at={version.createdTime} />
                {version.author && ` · ${version.author}`}
                {version.remark && ` · ${version.remark}`}
              </Text>
            </div>
            {(i > 0 || editor.isChanged) && (
              <Group gap="xs" wrap="nowrap">
                <Button
                  size="xs"
                  variant="default"
                  aria-expanded={chosen === version.version}
                  onClick={() => choose(chosen === version.version ? null : version.version)}
                >
                  {t("Compare")}
                </Button>
                {i > 0 && (
                  <Button
                    size="xs"
                    variant="default"
                    disabled={editor.isChanged}
                    title={editor.isChanged ? t("Save or discard your changes first.") : undefined}
                    onClick={() => void restore(version).catch(notifyFailed)}
                  >
                    {t("Go back to it")}
                  </Button>
                )}
              </Group>
            )}
          </Group>
          {chosen === version.version && (
            <Compared
              ruleChainId={ruleChainId}
              version={version.version}
              now={data[0]?.version}
              editor={editor}
            />
          )}
        </Stack>
      ))}
    </Stack>
  );
}

interface ComparedProps {
  ruleChainId: string;
  version: number;
  now: number | undefined;
  editor: Editor;
}

/// That version against the chain in the editor: the picture, and every setting in words.
function Compared({ ruleChainId, version, now, editor }: ComparedProps) {
  const { t } = useTranslation();
  const before = useQuery(versionQuery(ruleChainId, version));
  const difference = useQuery(differenceQuery(ruleChainId, version, now));
  const error = before.error ?? difference.error;
  return (
    <Stack gap="xs">
      {error && <Failure error={error} />}
      {before.data && <GraphDiff before={before.data.metadata} after={editor.metadata()} />}
      {editor.isChanged && (
        <Text size="xs" className="faint">
          {t("The picture shows what is not saved yet too; the words below do not.")}
        </Text>
      )}
      {difference.data && <Words difference={difference.data} />}
    </Stack>
  );
}

function Words({ difference }: { difference: Difference }) {
  const { t } = useTranslation();
  if (difference.equal)
    return (
      <Text size="sm" role="status">
        {t("The live chain does the same.")}
      </Text>
    );
  return (
    <Stack gap={4} role="status">
      {difference.nodesAdded.map(({ name }) => (
        <Text key={`+ ${name}`} size="sm">
          {t("Node {{name}} is new.", { name })}
        </Text>
      ))}
      {difference.nodesRemoved.map(({ name }) => (
        <Text key={`- ${name}`} size="sm">
          {t("Node {{name}} is gone.", { name })}
        </Text>
      ))}
      {difference.nodesChanged.map(({ name, changes }) => (
        <div key={name}>
          <Text size="sm">{t("Node {{name}} is changed:", { name })}</Text>
          {changes.map(({ path, before, after }) => (
            <Code key={path} block>
              {`${path}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`}
            </Code>
          ))}
        </div>
      ))}
      {difference.connectionsAdded.map(({ from, type, to }) => (
        <Text key={`+ ${from} ${type} ${to}`} size="sm">
          {t("Connection {{type}} from {{from}} to {{to}} is new.", { from, type, to })}
        </Text>
      ))}
      {difference.connectionsRemoved.map(({ from, type, to }) => (
        <Text key={`- ${from} ${type} ${to}`} size="sm">
          {t("Connection {{type}} from {{from}} to {{to}} is gone.", { from, type, to })}
        </Text>
      ))}
      {difference.nodesMoved > 0 && (
        <Text size="sm" className="faint">
          {t("{{count}} nodes lie elsewhere.", { count: difference.nodesMoved })}
        </Text>
      )}
    </Stack>
  );
}
