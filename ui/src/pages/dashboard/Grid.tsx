/// The widgets at their places. While it is edited they are dragged by their titles and sized at their corners;
/// by keyboard the arrows move the one in focus, with Shift they size it, Enter opens it, Delete takes it out.
import { useElementSize } from "@mantine/hooks";
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Resolved } from "../../dashboards/entities";
import { type Box, placed, stacked } from "../../dashboards/layout";
import { columns, type Dashboard, widgetsOf } from "../../dashboards/model";
import type { TimeWindow } from "../../dashboards/timeWindow";
import classes from "./Grid.module.css";
import { WidgetFrame } from "./WidgetFrame";

interface GridProps {
  dashboard: Dashboard;
  boxes: Box[];
  resolved: ReadonlyMap<string, Resolved>;
  window: TimeWindow;
  isEditing: boolean;
  onPlace: (boxes: Box[]) => void;
  onOpen: (id: string) => void;
  onRemove: (id: string) => void;
}

const rowHeight = 44;
const gap = 10;
const phoneMax = 700;

interface Drag {
  id: string;
  isSizing: boolean;
  begin: Box;
  x: number;
  y: number;
  boxes: Box[];
}

export function Grid({
  dashboard,
  boxes,
  resolved,
  window,
  isEditing,
  onPlace,
  onOpen,
  onRemove,
}: GridProps) {
  const { t } = useTranslation();
  const { ref, width } = useElementSize();
  const [drag, setDrag] = useState<Drag | null>(null);
  const latest = useRef<Box[]>(boxes);
  const isPhone = width > 0 && width < phoneMax;
  const shown = drag?.boxes ?? boxes;
  const widgets = widgetsOf(dashboard);
  const step = (width + gap) / columns;

  const begin = (event: PointerEvent<HTMLElement>, box: Box, isSizing: boolean) => {
    if (!isEditing || isPhone || event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    latest.current = boxes;
    setDrag({ id: box.id, isSizing, begin: box, x: event.clientX, y: event.clientY, boxes });
  };
  const move = (event: PointerEvent) => {
    if (!drag) return;
    const across = Math.round((event.clientX - drag.x) / step);
    const down = Math.round((event.clientY - drag.y) / (rowHeight + gap));
    const wanted = drag.isSizing
      ? { ...drag.begin, w: drag.begin.w + across, h: drag.begin.h + down }
      : { ...drag.begin, x: drag.begin.x + across, y: drag.begin.y + down };
    latest.current = placed(boxes, wanted, columns);
    setDrag({ ...drag, boxes: latest.current });
  };
  const end = () => {
    if (!drag) return;
    setDrag(null);
    onPlace(latest.current);
  };
  const press = (event: KeyboardEvent, box: Box) => {
    if (!isEditing || event.target !== event.currentTarget) return;
    const [x, y] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[
      event.key
    ] ?? [0, 0];
    if (event.key === "Enter") onOpen(box.id);
    else if (event.key === "Delete" || event.key === "Backspace") onRemove(box.id);
    else if (x === 0 && y === 0) return;
    else if (event.shiftKey)
      onPlace(placed(boxes, { ...box, w: box.w + (x ?? 0), h: box.h + (y ?? 0) }, columns));
    else {
      // Over the one below, where there is one: a step of one row would only come back.
      const below = boxes.find(
        (other) => other.y === box.y + box.h && other.x < box.x + box.w && box.x < other.x + other.w,
      );
      const down = y === 1 && below ? below.h : (y ?? 0);
      onPlace(placed(boxes, { ...box, x: box.x + (x ?? 0), y: box.y + down }, columns));
    }
    event.preventDefault();
  };

  return (
    <div
      ref={ref}
      className={classes.grid}
      data-editing={isEditing || undefined}
      data-phone={isPhone || undefined}
    >
      {(isPhone ? stacked(shown) : shown).map((box) => {
        const widget = widgets[box.id];
        if (!widget || width === 0) return null;
        return (
          <section
            key={box.id}
            className={classes.cell}
            aria-label={widget.config?.title || t("Widget")}
            tabIndex={isEditing ? 0 : undefined}
            data-dragged={drag?.id === box.id || undefined}
            style={
              isPhone
                ? { minHeight: Math.max(3, box.h) * rowHeight, height: Math.max(3, box.h) * rowHeight }
                : { gridColumn: `${box.x + 1} / span ${box.w}`, gridRow: `${box.y + 1} / span ${box.h}` }
            }
            onKeyDown={(event) => press(event, box)}
          >
            <WidgetFrame
              id={box.id}
              widget={widget}
              resolved={resolved}
              window={window}
              isEditing={isEditing}
              onGrab={(event) => begin(event, box, false)}
              onMove={move}
              onDrop={end}
              onOpen={() => onOpen(box.id)}
              onRemove={() => onRemove(box.id)}
            />
            {isEditing && !isPhone && (
              <div
                className={classes.corner}
                aria-hidden
                data-testid={`size ${widget.config?.title}`}
                onPointerDown={(event) => begin(event, box, true)}
                onPointerMove={move}
                onPointerUp={end}
              />
            )}
          </section>
        );
      })}
    </div>
  );
}
