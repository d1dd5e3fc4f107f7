/// What time a dashboard shows, and whether beside it the time before.
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Switch.css";
import "@mantine/core/styles/Divider.css";
import {
  ActionIcon,
  Button,
  Divider,
  Group,
  NativeSelect,
  Popover,
  Stack,
  Switch,
  TextInput,
} from "@mantine/core";
import { IconCalendar } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isLive, liveWindows, rangeOf, type TimeWindow, windowText } from "../../dashboards/timeWindow";

interface WindowPickerProps {
  window: TimeWindow;
  onChange: (window: TimeWindow) => void;
  isCompared: boolean;
  onCompare: (isCompared: boolean) => void;
}

export function WindowPicker({ window, onChange, isCompared, onCompare }: WindowPickerProps) {
  const { t } = useTranslation();
  const { fromTs, untilTs } = rangeOf(window);
  const [from, setFrom] = useState("");
  const [until, setUntil] = useState("");
  const chosen = { fromTs: Date.parse(from || local(fromTs)), untilTs: Date.parse(until || local(untilTs)) };
  const isSound = chosen.fromTs < chosen.untilTs;
  return (
    <Group gap={4} wrap="nowrap">
      <NativeSelect
        size="xs"
        aria-label={t("Time window")}
        value={isLive(window) ? windowText(window) : "history"}
        data={[
          ...Object.keys(liveWindows).map((name) => ({ value: name, label: t("Last {{name}}", { name }) })),
          ...(isLive(window) ? [] : [{ value: "history", label: t("From … to …") }]),
        ]}
        onChange={(event) => onChange({ liveMs: liveWindows[event.currentTarget.value] ?? 900_000 })}
      />
      <Popover trapFocus position="bottom-end" withArrow>
        <Popover.Target>
          <ActionIcon variant="default" size={30} aria-label={t("Choose from when to when")}>
            <IconCalendar size={16} />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown aria-label={t("Choose from when to when")}>
          <Stack gap="xs">
            <TextInput
              type="datetime-local"
              label={t("From")}
              value={from || local(fromTs)}
              onChange={(event) => setFrom(event.currentTarget.value)}
            />
            <TextInput
              type="datetime-local"
              label={t("To")}
              value={until || local(untilTs)}
              error={!isSound && t("This must be later than the beginning.")}
              onChange={(event) => setUntil(event.currentTarget.value)}
            />
            <Button size="xs" disabled={!isSound} onClick={() => onChange(chosen)}>
              {t("Show")}
            </Button>
            <Divider />
            <Switch
              label={t("Compare with the time before")}
              description={t("Charts draw the same stretch before it too.")}
              checked={isCompared}
              onChange={(event) => onCompare(event.currentTarget.checked)}
            />
          </Stack>
        </Popover.Dropdown>
      </Popover>
    </Group>
  );
}

/// As a field of date and time wants it, in the reader's zone.
function local(ts: number): string {
  const date = new Date(ts);
  return new Date(ts - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
