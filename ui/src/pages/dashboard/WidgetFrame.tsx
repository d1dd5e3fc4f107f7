/// A widget in its frame: title, tools while it is edited, and what went wrong if it breaks.
import { ActionIcon, Text } from "@mantine/core";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import { Component, type PointerEvent, type ReactNode, useContext } from "react";
import { useTranslation } from "react-i18next";
import { Compared } from "../../dashboards/compared";
import type { Resolved } from "../../dashboards/entities";
import type { StoredWidget } from "../../dashboards/model";
import { sourcesOf } from "../../dashboards/sources";
import { typeOf, widgetNameOf } from "../../dashboards/thingsboard";
import { rangeOf, type TimeWindow } from "../../dashboards/timeWindow";
import { descriptors, Widget } from "../../widgets";
import classes from "./Grid.module.css";

interface WidgetFrameProps {
  id: string;
  widget: StoredWidget;
  resolved: ReadonlyMap<string, Resolved>;
  window: TimeWindow;
  isEditing: boolean;
  onGrab: (event: PointerEvent<HTMLElement>) => void;
  onMove: (event: PointerEvent) => void;
  onDrop: () => void;
  onOpen: () => void;
  onRemove: () => void;
}

export function WidgetFrame(props: WidgetFrameProps) {
  const { widget, isEditing, onGrab, onMove, onDrop, onOpen, onRemove } = props;
  const { t } = useTranslation();
  const title = widget.config?.title ?? "";
  const isTitled = !descriptors.get(widgetNameOf(widget) ?? "")?.hasOwnTitle && title !== "";
  return (
    <div className={classes.frame}>
      {(isEditing || isTitled) && (
        <div
          className={classes.title}
          data-editing={isEditing || undefined}
          data-testid={`grab ${title}`}
          onPointerDown={onGrab}
          onPointerMove={onMove}
          onPointerUp={onDrop}
        >
          <h2 title={title}>{title}</h2>
          {isEditing && (
            // The buttons are pressed, not dragged.
            <span onPointerDown={(event) => event.stopPropagation()}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t("Change {{title}}", { title })}
                onClick={onOpen}
              >
                <IconPencil size={15} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t("Take out {{title}}", { title })}
                onClick={onRemove}
              >
                <IconTrash size={15} />
              </ActionIcon>
            </span>
          )}
        </div>
      )}
      <div className={classes.body}>
        <Content {...props} />
      </div>
    </div>
  );
}

function Content({ widget, resolved, window }: WidgetFrameProps) {
  const { t } = useTranslation();
  const isCompared = useContext(Compared);
  const name = widgetNameOf(widget);
  if (name === null || !descriptors.has(name))
    return (
      <Text size="sm" className="faint">
        {t("Nothing here shows a widget of the type {{type}} yet. Its settings are kept.", {
          type: typeOf(widget),
        })}
      </Text>
    );
  const { fromTs, untilTs } = rangeOf(window);
  return (
    <Fence>
      <Widget
        name={name}
        height={80}
        sources={sourcesOf(widget, resolved)}
        window={window}
        isCompared={isCompared}
        windowMs={untilTs - fromTs}
        settings={widget.config?.settings ?? {}}
      />
    </Fence>
  );
}

/// A widget that breaks leaves the others as they are.
class Fence extends Component<{ children: ReactNode }, { failure: Error | null }> {
  override state = { failure: null as Error | null };

  static getDerivedStateFromError(failure: Error) {
    return { failure };
  }

  override render() {
    if (this.state.failure)
      return (
        <Text size="sm" role="alert">
          {this.state.failure.message}
        </Text>
      );
    return this.props.children;
  }
}
