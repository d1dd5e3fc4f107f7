/// Roof, grid, battery and home with the power that flows between them, drawn thicker the more it is.
import { IconBatteryVertical, IconBolt, IconHome, IconSolarPanel } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useLatestOf } from "../../live";
import { numberOf, shownKeys, textSetting, written } from "../values";
import type { WidgetProps } from "../widget";
import classes from "./EnergyFlow.module.css";
import { completed, type Flow, flowsOf, type Part, type Powers, partOf, parts } from "./flows";

const places: Record<Part, { x: number; y: number }> = {
  production: { x: 150, y: 36 },
  grid: { x: 42, y: 118 },
  home: { x: 258, y: 118 },
  battery: { x: 150, y: 200 },
};
const icons = { production: IconSolarPanel, grid: IconBolt, home: IconHome, battery: IconBatteryVertical };
const radius = 34;

export default function EnergyFlow({ sources, settings }: WidgetProps) {
  const { t, i18n } = useTranslation();
  const { powers, hasAny } = usePowers(sources, settings);
  if (!hasAny)
    return <span className="faint">{t("Choose power values of a roof, a battery, a grid or a home.")}</span>;
  const names: Record<Part, string> = {
    production: t("Roof"),
    grid: t("Grid"),
    home: t("Home"),
    battery: t("Battery"),
  };
  const flows = flowsOf(powers);
  const all = completed(powers);
  const most = Math.max(...flows.map(({ power }) => power), 0);
  const look = { label: "", unit: textSetting(settings, "unit", "W"), decimals: null, color: null };
  const text = (power: number) => written(Math.round(Math.abs(power) * 10) / 10, look, i18n.language);
  const shown = parts.filter((part) => part === "home" || part === "grid" || powers[part] !== null);
  const said = flows.map(({ from, to, power }) =>
    t("{{power}} from {{from}} to {{to}}", { power: text(power), from: names[from], to: names[to] }),
  );
  return (
    <svg
      viewBox="0 0 300 236"
      className={classes.drawing}
      role="img"
      aria-label={said.join(", ") || t("No power flows")}
    >
      {flows.map((flow) => (
        <Line key={`${flow.from} ${flow.to}`} flow={flow} most={most} />
      ))}
      {shown.map((part) => {
        const { x, y } = places[part];
        const Icon = icons[part];
        return (
          <g key={part} transform={`translate(${x} ${y})`} className={classes.part} data-part={part}>
            <circle r={radius} />
            <Icon x={-9} y={-27} size={18} stroke={1.6} aria-hidden />
            <text y={6} className={classes.power}>
              {text(all[part])}
            </text>
            <text y={19} className={classes.name}>
              {part === "battery" && all.battery !== 0
                ? all.battery > 0
                  ? t("charges")
                  : t("gives")
                : names[part]}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/// A curve by way of the middle, with dashes that run the way the power does.
function Line({ flow: { from, to, power }, most }: { flow: Flow; most: number }) {
  const [a, b] = [places[from], places[to]];
  const path = `M${a.x} ${a.y}Q150 118 ${b.x} ${b.y}`;
  const width = 2 + (5 * power) / (most || 1);
  return (
    <g data-part={from} className={classes.flow}>
      <path d={path} strokeWidth={width} className={classes.bed} />
      <path d={path} strokeWidth={width} className={classes.stream} />
    </g>
  );
}

/// Added up by what they are of; a part that nothing measures is null.
function usePowers(sources: WidgetProps["sources"], settings: WidgetProps["settings"]) {
  const latest = useLatestOf(sources);
  const powers: Powers = { production: null, home: null, battery: null, grid: null };
  const shown = shownKeys(sources);
  for (const { source, key, look } of shown) {
    const value = numberOf(latest.get(source.deviceId)?.get(key)?.value);
    if (value === null) continue;
    const part = partOf(look?.label ?? "", key, source.name ?? "");
    const isTurned =
      (part === "battery" && settings.charges === false) || (part === "grid" && settings.imports === false);
    powers[part] = (powers[part] ?? 0) + (isTurned ? -value : value);
  }
  return { powers, hasAny: shown.length > 0 };
}
