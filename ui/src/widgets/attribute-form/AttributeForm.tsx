import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { get } from "../../api/http";
import type { Attribute, AttributeScope } from "../../api/types";
import { notifyDone, notifyFailed } from "../../shell/notify";
import { parseTyped } from "../../text/parseTyped";
import { saveAttributes } from "../commands";
import { textSetting } from "../values";
import type { WidgetProps } from "../widget";
import classes from "../widgets.module.css";

export default function AttributeForm({ source, settings }: WidgetProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const scope = textSetting(settings, "scope", "SERVER_SCOPE") as AttributeScope;
  const wanted = textSetting(settings, "keys")
    .split(",")
    .map((key) => key.trim())
    .filter((key) => key !== "");
  const { entityType = "DEVICE", deviceId } = source;
  const queryKey = ["device", deviceId, "attributes", scope];
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      get<Attribute[]>(
        `/api/plugins/telemetry/${entityType}/${deviceId}/values/attributes/${scope}`,
        {},
        signal,
      ),
    enabled: deviceId !== "",
  });
  const [typed, setTyped] = useState<Record<string, string>>({});
  const known = new Map(data?.map(({ key, value }) => [key, value]));
  const keys = wanted.length > 0 ? wanted : [...known.keys()].filter(isPlain);
  const textOf = (key: string) => {
    const value = known.get(key);
    return (
      typed[key] ?? (value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value))
    );
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const values = Object.fromEntries(Object.entries(typed).map(([key, text]) => [key, parseTyped(text)]));
    await saveAttributes(source, scope, values);
    setTyped({});
    await queries.invalidateQueries({ queryKey });
    await notifyDone(t("Saved."));
  };
  return (
    <form className={classes.body} onSubmit={(event) => void save(event).catch(notifyFailed)}>
      <Stack gap="xs">
        {keys.map((key) => (
          <TextInput
            key={key}
            size="xs"
            label={key}
            value={textOf(key)}
            onChange={(event) => setTyped({ ...typed, [key]: event.currentTarget.value })}
          />
        ))}
        {keys.length === 0 && (
          <Text size="sm" className="faint">
            {t("It has no such attributes yet. Name keys in this widget's settings to add some.")}
          </Text>
        )}
        <Group>
          <Button type="submit" size="xs" disabled={Object.keys(typed).length === 0}>
            {t("Save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/// What the platform itself keeps there is not for a form.
function isPlain(key: string): boolean {
  return ![
    "active",
    "lastActivityTime",
    "lastConnectTime",
    "lastDisconnectTime",
    "inactivityAlarmTime",
  ].includes(key);
}
