/// The last messages that came into a node and what became of each, newest first.
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { RecentMessage } from "../../api/types";
import { exact } from "../../text/Time";
import classes from "./NodeInspector.module.css";

export function RecentMessages({ messages }: { messages: RecentMessage[] }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t("Last messages")}>
      <Text size="xs" fw={600} className="faint" mb={4}>
        {t("Last messages")}
      </Text>
      {messages.length === 0 && (
        <Text size="sm" className="faint">
          {t("None since the chain was last changed.")}
        </Text>
      )}
      {[...messages].reverse().map((message, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: messages have no identity of their own here
        <Message key={`${message.ts} ${i}`} message={message} />
      ))}
    </section>
  );
}

function Message({ message: { ts, outcome, msgType, metadata, msg } }: { message: RecentMessage }) {
  const { t, i18n } = useTranslation();
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
