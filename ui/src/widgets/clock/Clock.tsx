import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { textSetting } from "../values";
import type { WidgetProps } from "../widget";
import classes from "../widgets.module.css";
import { remaining, timeIn } from "./time";

export default function Clock({ settings }: WidgetProps) {
  const { t, i18n } = useTranslation();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const zone = textSetting(settings, "zone");
  const until = Date.parse(textSetting(settings, "until"));
  const { time, date } = timeIn(now, zone, i18n.language);
  const isCounting = Number.isFinite(until);
  return (
    <div className={classes.centre}>
      <span className={`${classes.big} numbers`} role="timer">
        {isCounting ? remaining(until - now) : time}
      </span>
      <span className="faint">{isCounting ? t("left") : [date, zone].filter(Boolean).join(" · ")}</span>
    </div>
  );
}
