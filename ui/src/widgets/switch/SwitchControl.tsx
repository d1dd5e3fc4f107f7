import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Switch.css";
import { Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useControl } from "../useControl";
import { isOn } from "../values";
import type { WidgetProps } from "../widget";
import classes from "../widgets.module.css";

export default function SwitchControl(props: WidgetProps) {
  const { t } = useTranslation();
  const { value, label, isSending, send } = useControl(props);
  return (
    <div className={classes.centre}>
      <Switch
        size="xl"
        aria-label={label || props.source.name || t("Switch")}
        checked={isOn(value)}
        disabled={isSending || props.source.deviceId === ""}
        onChange={(event) => send(event.currentTarget.checked)}
      />
      <span className="faint">{isOn(value) ? t("On") : t("Off")}</span>
    </div>
  );
}
