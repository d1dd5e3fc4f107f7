/// How the live connection stands, always in sight while a page uses it.
import { UnstyledButton } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { retryNow, useLiveState } from "../live";
import classes from "./LiveBadge.module.css";

export function LiveBadge() {
  const { t } = useTranslation();
  const state = useLiveState();
  const seconds = useSecondsUntil(state.phase === "waiting" ? state.retryAt : null);
  if (state.phase === "idle") return null;
  if (state.phase === "waiting")
    return (
      <span role="status">
        <UnstyledButton className={classes.badge} data-phase="waiting" onClick={retryNow}>
          {t("Reconnecting in {{seconds}} s", { seconds })} · <u>{t("now")}</u>
        </UnstyledButton>
      </span>
    );
  return (
    <span className={classes.badge} data-phase={state.phase} role="status">
      {state.phase === "open" ? t("Live") : t("Connecting…")}
    </span>
  );
}

function useSecondsUntil(time: number | null): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (time === null) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [time]);
  return time === null ? 0 : Math.max(0, Math.ceil((time - now) / 1000));
}
