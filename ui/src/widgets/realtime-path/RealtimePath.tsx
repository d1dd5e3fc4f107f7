import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { infoQuery } from "../../api/queries";
import { realtimeOrigin } from "../../api/realtime";
import { useDatabase } from "../../pages/realtime/useDatabase";
import { JsonView } from "../../text/JsonView";
import { textSetting } from "../values";
import type { WidgetProps } from "../widget";
import classes from "../widgets.module.css";

export default function RealtimePath({ settings }: WidgetProps) {
  const { t } = useTranslation();
  const realtime = useQuery(infoQuery).data?.realtime;
  const database = textSetting(settings, "database") || realtime?.databases[0];
  if (!realtime || !database) return <span className="faint">{t("There is no realtime database.")}</span>;
  return (
    <Following
      origin={realtimeOrigin(realtime.url)}
      database={database}
      path={textSetting(settings, "path", "/") || "/"}
    />
  );
}

function Following({ origin, database, path }: { origin: string; database: string; path: string }) {
  const { t } = useTranslation();
  const [{ value }, state] = useDatabase(origin, database, path);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className={classes.body} tabIndex={0} role="group" aria-label={`${database} ${path}`}>
      {value === undefined && (
        <span className="faint">{state.phase === "connecting" ? t("Connecting…") : t("No value yet.")}</span>
      )}
      {value !== undefined && <JsonView value={value} />}
    </div>
  );
}
