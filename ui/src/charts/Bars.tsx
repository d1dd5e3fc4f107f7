/// Bars side by side over named groups, drawn as they are laid out; the figures stand in a table for those
/// who do not see them.
import { VisuallyHidden } from "@mantine/core";
import "@mantine/core/styles/VisuallyHidden.css";
import { useElementSize } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Bars.module.css";
import { roundTop, shownLabels, ticksOf } from "./scale";

export interface BarGroup {
  label: string;
  /// The whole of it, where `label` is short.
  title: string;
  /// One for each series; null where nothing is known.
  values: (number | null)[];
}

export interface BarSeries {
  name: string;
  /// Which of the chart colours, or a colour.
  colour: number | string;
  /// Drawn as an outline: what was before, beside what is.
  isPast?: boolean;
}

interface BarsProps {
  label: string;
  groups: BarGroup[];
  series: BarSeries[];
  written: (value: number) => string;
  height: number | "fill";
}

const marginLeft = 46;
const marginBottom = 22;
const top = 8;

export function Bars({ label, groups, series, written, height: wanted }: BarsProps) {
  const { i18n } = useTranslation();
  const { ref, width, height: measured } = useElementSize();
  const [hovered, hover] = useState<number | null>(null);
  const height = wanted === "fill" ? measured : wanted;
  const all = groups.flatMap(({ values }) => values.filter((value) => value !== null));
  const ticks = ticksOf(Math.min(0, ...all), Math.max(0, ...all));
  const [low, high] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const y = (value: number) =>
    top + (1 - (value - low) / (high - low || 1)) * Math.max(0, height - marginBottom - top);
  const room = Math.max(0, width - marginLeft) / Math.max(1, groups.length);
  const barWidth = Math.min(48, (room * 0.78) / Math.max(1, series.length));
  const isLabelled = shownLabels(
    groups.map((group) => group.label),
    room,
  );
  return (
    <figure className={classes.figure} data-fill={wanted === "fill" || undefined} aria-label={label}>
      <div ref={ref} className={classes.plot} style={wanted === "fill" ? undefined : { height }}>
        {width > 0 && height > 0 && (
          <svg width={width} height={height} aria-hidden className={classes.drawing}>
            {ticks.map((tick) => (
              <g key={tick}>
                <line x1={marginLeft} x2={width} y1={y(tick)} y2={y(tick)} className={classes.grid} />
                <text x={marginLeft - 8} y={y(tick)} className={classes.tick}>
                  {tick.toLocaleString(i18n.language, { notation: "compact", maximumSignificantDigits: 3 })}
                </text>
              </g>
            ))}
            {groups.map((group, g) => {
              const from = marginLeft + g * room;
              const centre = from + room / 2 - (barWidth * series.length) / 2;
              return (
                // biome-ignore lint/a11y/noStaticElementInteractions: the table says the same to everybody
                <g
                  key={group.title}
                  onMouseEnter={() => hover(g)}
                  onMouseLeave={() => hover(null)}
                  data-hovered={hovered === g || undefined}
                >
                  <rect
                    x={from}
                    y={top}
                    width={room}
                    height={height - marginBottom}
                    className={classes.room}
                  />
                  {series.map((each, s) => {
                    const value = group.values[s] ?? null;
                    return (
                      value !== null && (
                        <path
                          key={each.name}
                          d={roundTop(centre + s * barWidth, y(value), y(0), barWidth * 0.92)}
                          className={classes.bar}
                          data-past={each.isPast || undefined}
                          style={{ "--bar": colourOf(each.colour) } as React.CSSProperties}
                        />
                      )
                    );
                  })}
                  {isLabelled[g] && (
                    <text x={from + room / 2} y={height - 6} className={classes.label}>
                      {group.label}
                    </text>
                  )}
                </g>
              );
            })}
          </svg>
        )}
        {hovered !== null && groups[hovered] && (
          <div
            className={classes.tip}
            style={{ insetInlineStart: Math.min(Math.max(0, width - 190), marginLeft + hovered * room) }}
          >
            <strong>{groups[hovered].title}</strong>
            {series.map(({ name, colour, isPast }, s) => (
              <span key={name} className={classes.entry}>
                <Swatch colour={colour} isPast={isPast} />
                {name}: {amount(groups[hovered]?.values[s], written)}
              </span>
            ))}
          </div>
        )}
      </div>
      {series.length > 1 && (
        <figcaption className={classes.legend} aria-hidden>
          {series.map(({ name, colour, isPast }) => (
            <span key={name} className={classes.entry}>
              <Swatch colour={colour} isPast={isPast} />
              {name}
            </span>
          ))}
        </figcaption>
      )}
      <VisuallyHidden>
        <table>
          <thead>
            <tr>
              <td />
              {series.map(({ name }) => (
                <th key={name}>{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map(({ title, values }) => (
              <tr key={title}>
                <th>{title}</th>
                {series.map(({ name }, s) => (
                  <td key={name}>{amount(values[s], written)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </figure>
  );
}

function Swatch({ colour, isPast }: { colour: number | string; isPast: boolean | undefined }) {
  return (
    <span
      className={classes.swatch}
      data-past={isPast || undefined}
      style={{ "--bar": colourOf(colour) } as React.CSSProperties}
    />
  );
}

function amount(value: number | null | undefined, written: (value: number) => string): string {
  return value === null || value === undefined ? "–" : written(value);
}

function colourOf(colour: number | string): string {
  return typeof colour === "number" ? `var(--chart-${colour % 8})` : colour;
}
