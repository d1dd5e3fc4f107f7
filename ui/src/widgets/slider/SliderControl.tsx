import "@mantine/core/styles/Slider.css";
import { Slider } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useControl } from "../useControl";
import { numberOf, numberSetting, written } from "../values";
import type { WidgetProps } from "../widget";
import classes from "../widgets.module.css";

export default function SliderControl(props: WidgetProps) {
  const { t, i18n } = useTranslation();
  const { value, label, look, isSending, send } = useControl(props);
  const [min, max] = [numberSetting(props.settings, "min", 0), numberSetting(props.settings, "max", 100)];
  const known = numberOf(value) ?? min;
  const [shown, setShown] = useState(known);
  useEffect(() => setShown(known), [known]);
  return (
    <div className={classes.centre}>
      <b className={`${classes.big} numbers`}>{written(shown, look, i18n.language)}</b>
      <Slider
        w="90%"
        thumbLabel={label || props.source.name || t("Slider")}
        label={null}
        min={min}
        max={max}
        step={(max - min) / 100 || 1}
        value={shown}
        disabled={isSending || props.source.deviceId === ""}
        onChange={setShown}
        onChangeEnd={send}
      />
    </div>
  );
}
