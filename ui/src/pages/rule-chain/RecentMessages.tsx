/// The last messages that came into a node, what became of each, and what the node made of it; newest first.
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Json, RecentMessage } from "../../api/types";
import { type Change, changesOf } from "../../text/changes";
import { exact } from "../../text/Time";
import { type Activity, madeOf } from "./figures";
import classes from "./NodeInspector.module.css";

interface RecentMessagesProps {
  messages: RecentMessage[];
  /// The nodes after this one.
  next: (Activity | undefined)[];
}

export function RecentMessages({ messages, next }: RecentMessagesProps) {
  const { t } = useTranslation();
  return (
    <section aria-label={t("Last messages")}>
      {messages.length === 0 && (
        <Text size="sm" className="faint">
          {t("None since the chain was last changed.")}
        </Text>
      )}
      {[...messages].reverse().map((message) => (
        <Message
          key={`${message.id} ${message.ts} ${message.outcome}`}
          message={message}
          made={madeOf(message, next)}
        />
      ))}
    </section>
  );
}

function Message({ message, made }: { message: RecentMessage; made: RecentMessage | null }) {
  const { t, i18n } = useTranslation();
  const { ts, outcome, msgType, metadata, msg } = message;
  const changes = made && changesOf(partsOf(message), partsOf(made));
  return (
    <details className={classes.message}>
      <summary>
        <span className="numbers">
          {new Date(ts).toLocaleTimeString(i18n.language, { hourCycle: "h23" })}
        </span>
        <span className={classes.outcome} data-outcome={outcome}>
          {outcome}
        </span>
        <code className={classes.body}>{JSON.stringify(msg)}</code>
      </summary>
      <Text size="xs" className="faint" mt={4}>
        {msgType} · {exact(new Date(ts), i18n.language)}
      </Text>
      {changes && <Changes changes={changes} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className={classes.code} tabIndex={0}>
        {JSON.stringify(msg, null, 2)}
      </pre>
      <Text size="xs" className="faint" mt={4}>
        {t("Metadata")}
      </Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: as above */}
      <pre className={classes.code} tabIndex={0}>
        {JSON.stringify(metadata, null, 2)}
      </pre>
    </details>
  );
}

/// What the next node got, against what this one got.
function Changes({ changes }: { changes: Change[] }) {
  const { t } = useTranslation();
  if (changes.length === 0)
    return (
      <Text size="xs" my={4}>
        {t("It went on unchanged.")}
      </Text>
    );
  return (
    <table className={classes.changes}>
      <caption>{t("What this node changed")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("Part")}</th>
          <th scope="col">{t("Before")}</th>
          <th scope="col">{t("After")}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ path, before, after }) => (
          <tr key={path}>
            <th scope="row">{path}</th>
            <td>{before === undefined ? "—" : JSON.stringify(before)}</td>
            <td>{after === undefined ? "—" : JSON.stringify(after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function partsOf({ msg, metadata, msgType }: RecentMessage): Json {
  return { msg, metadata, msgType };
}
