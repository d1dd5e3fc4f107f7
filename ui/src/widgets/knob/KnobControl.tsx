import { type KeyboardEvent, type PointerEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useControl } from "../useControl";
import { numberOf, numberSetting, part, written } from "../values";
import type { WidgetProps } from "../widget";
import classes from "../widgets.module.css";
import { turnOf } from "./turn";

const opening = 270;

export default function KnobControl(props: WidgetProps) {
  const { t, i18n } = useTranslation();
  const { value, label, look, send } = useControl(props);
  const [min, max] = [numberSetting(props.settings, "min", 0), numberSetting(props.settings, "max", 100)];
  const known = numberOf(value) ?? min;
  const [shown, setShown] = useState(known);
  useEffect(() => setShown(known), [known]);
  const step = (max - min) / 100;
  const clamp = (next: number) => Math.min(max, Math.max(min, Math.round(next / step) * step));
  const turn = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - box.left - box.width / 2;
    const y = event.clientY - box.top - box.height / 2;
    setShown(clamp(min + turnOf(x, y) * (max - min)));
  };
  const press = (event: KeyboardEvent) => {
    const by = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 }[
      event.key
    ];
    if (by === undefined) return;
    event.preventDefault();
    const next = clamp(shown + by * step);
    setShown(next);
    send(next);
  };
  const text = written(shown, look, i18n.language);
  return (
    <div className={classes.centre}>
      <div
        className={classes.drawing}
        role="slider"
        tabIndex={0}
        aria-label={label || props.source.name || t("Knob")}
        aria-valuemin={min}
        aria-valuemax={max}
        aria-valuenow={shown}
        aria-valuetext={text}
        style={{ touchAction: "none", cursor: "grab" }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          turn(event);
        }}
        onPointerMove={(event) => event.buttons > 0 && turn(event)}
        onPointerUp={() => send(shown)}
        onKeyDown={press}
      >
        <svg viewBox="-50 -50 100 100" width="100%" height="100%" aria-hidden>
          <circle r={40} fill="var(--ground)" stroke="var(--line)" strokeWidth={3} />
          <g transform={`rotate(${-opening / 2 + opening * part(shown, min, max)})`}>
            <line y1={-22} y2={-37} stroke="var(--accent)" strokeWidth={5} strokeLinecap="round" />
          </g>
          <text y={6} textAnchor="middle" className={classes.figure}>
            {text}
          </text>
        </svg>
      </div>
    </div>
  );
}
