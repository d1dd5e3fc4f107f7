import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./Rehearsal.module.css";
import type { Effect } from "./rehearsal";

const shownMax = 30;

/// Effects of a chain, the first of them.
export function EffectList({ title, effects }: { title: string; effects: Effect[] }) {
  const { t } = useTranslation();
  if (effects.length === 0) return null;
  return (
    <section aria-label={title}>
      <Text size="sm" fw={550}>
        {title}
      </Text>
      <ul className={classes.effects}>
        {effects.slice(0, shownMax).map(({ ts, kind, what }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two may be alike, and none ever moves
          <li key={i}>
            <time dateTime={new Date(ts).toISOString()}>{new Date(ts).toLocaleTimeString()}</time> {kind}{" "}
            <code>{JSON.stringify(what)}</code>
          </li>
        ))}
      </ul>
      {effects.length > shownMax && (
        <Text size="xs">{t("and {{count}} more", { count: effects.length - shownMax })}</Text>
      )}
    </section>
  );
}
