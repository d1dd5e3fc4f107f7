import { useTranslation } from "react-i18next";
import { textSetting } from "../values";
import type { WidgetProps } from "../widget";
import classes from "../widgets.module.css";
import { modulesOf } from "./modules";

export default function QrCode({ settings }: WidgetProps) {
  const { t } = useTranslation();
  const text = textSetting(settings, "text") || location.href;
  const rows = modulesOf(text);
  if (!rows) return <span role="alert">{t("This text is too long for a QR code.")}</span>;
  const size = rows.length + 4;
  return (
    <div className={classes.centre}>
      <svg
        viewBox={`0 0 ${size} ${size}`}
        className={classes.drawing}
        role="img"
        aria-label={t("QR code of {{text}}", { text })}
      >
        <rect width={size} height={size} fill="#fff" />
        <path
          fill="#000"
          d={rows
            .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + 2} ${y + 2}h1v1h-1z` : "")))
            .join("")}
        />
      </svg>
    </div>
  );
}
