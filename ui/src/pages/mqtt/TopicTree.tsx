/// The broker's topics as a tree with counters; a level is read when it is opened, and again each second.
import { ActionIcon, Anchor, Badge, Text, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight, IconMessages } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { levelsQuery, type TopicLevel } from "../../api/mqtt";
import { Empty, Failure, RowsLoading } from "../../shell/PageState";
import { countText } from "../../text/amounts";
import classes from "./TopicsTab.module.css";

interface TopicTreeProps {
  search: string;
  chosen: string | null;
  onChoose: (topic: string) => void;
}

// A level with more children than this is for searching, not for reading.
const pagesMax = 10;

export function TopicTree({ search, chosen, onChoose }: TopicTreeProps) {
  const { t } = useTranslation();
  return (
    <nav className={classes.tree} aria-label={t("Topics")}>
      <Level key={search} prefix="" search={search} depth={0} chosen={chosen} onChoose={onChoose} />
    </nav>
  );
}

interface LevelProps extends TopicTreeProps {
  prefix: string;
  depth: number;
}

function Level({ prefix, search, depth, chosen, onChoose }: LevelProps) {
  const { t, i18n } = useTranslation();
  const [pages, setPages] = useState(1);
  const { data, error, refetch } = useQuery(levelsQuery(prefix, search, pages));
  if (error) return <Failure error={error} onRetry={refetch} />;
  if (!data) return depth === 0 ? <RowsLoading /> : null;
  if (data.data.length === 0) return depth === 0 ? <NoTopics search={search} /> : null;
  return (
    <>
      <ul>
        {data.data.map((level) => (
          <Branch key={level.topic} level={level} depth={depth} chosen={chosen} onChoose={onChoose} />
        ))}
      </ul>
      {data.hasNext && pages < pagesMax && (
        <Anchor component="button" size="sm" px="md" py={6} onClick={() => setPages(pages + 1)}>
          {t("Show more of {{total}}", { total: data.totalElements })}
        </Anchor>
      )}
      {data.hasNext && pages >= pagesMax && (
        <Text size="sm" className="faint" px="md" py={6}>
          {t("{{total}} in all; search for the one you mean.", { total: data.totalElements })}
        </Text>
      )}
      {depth === 0 && data.untracked > 0 && (
        <Text size="xs" className="faint" px="md" py={6}>
          {t("{{messages}} messages went to topics beyond those that are counted.", {
            messages: countText(data.untracked, i18n.language),
          })}
        </Text>
      )}
    </>
  );
}

interface BranchProps {
  level: TopicLevel;
  depth: number;
  chosen: string | null;
  onChoose: (topic: string) => void;
}

function Branch({ level, depth, chosen, onChoose }: BranchProps) {
  const { t } = useTranslation();
  const leadsToChosen = chosen?.startsWith(`${level.topic}/`) ?? false;
  const [isOpened, setIsOpened] = useState<boolean | null>(null);
  const isOpen = isOpened ?? (leadsToChosen || depth === 0);
  const { topic, name, hasChildren } = level;
  const title = name === "" ? t("(empty)") : name;
  return (
    <li>
      <div
        className={classes.row}
        style={{ "--depth": depth } as React.CSSProperties}
        data-chosen={topic === chosen || undefined}
      >
        {hasChildren ? (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            onClick={() => setIsOpened(!isOpen)}
            aria-expanded={isOpen}
            aria-label={isOpen ? t("Close {{name}}", { name: topic }) : t("Open {{name}}", { name: topic })}
          >
            {isOpen ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
          </ActionIcon>
        ) : (
          <span style={{ width: 22 }} />
        )}
        <UnstyledButton
          className={classes.name}
          data-branch={!level.isTopic || undefined}
          onClick={() => onChoose(topic)}
          aria-current={topic === chosen || undefined}
          title={topic}
        >
          {title}
        </UnstyledButton>
        {level.retained && (
          <Badge size="xs" variant="light" tt="none" title={t("The broker keeps this message")}>
            {t("Retained")}
          </Badge>
        )}
        <span className={classes.preview}>{level.isTopic && level.payload}</span>
        <Count level={level} />
      </div>
      {hasChildren && isOpen && (
        <Level prefix={topic} search="" depth={depth + 1} chosen={chosen} onChoose={onChoose} />
      )}
    </li>
  );
}

/// Flashes whenever there are more: a new key starts the animation anew.
function Count({ level: { messages, topics, hasChildren } }: { level: TopicLevel }) {
  const { t, i18n } = useTranslation();
  const [first] = useState(messages);
  const text = countText(messages, i18n.language);
  return (
    <span
      key={messages}
      className={classes.count}
      data-news={messages !== first || undefined}
      title={t("{{count}} messages", { count: messages, formatted: text })}
    >
      {hasChildren && topics > 1 ? `${countText(topics, i18n.language)} · ${text}` : text}
    </span>
  );
}

function NoTopics({ search }: { search: string }) {
  const { t } = useTranslation();
  return (
    <Empty
      icon={<IconMessages size={36} />}
      title={search ? t("No topic matches “{{search}}”", { search }) : t("No topics yet")}
    >
      <Text size="sm" className="faint">
        {t("A topic appears with the first message published to it.")}
      </Text>
    </Empty>
  );
}
