/// What a database keeps in step with devices, which lists forget their oldest, and who connects.
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/NumberInput.css";
import "@mantine/core/styles/Checkbox.css";
import { ActionIcon, Button, Checkbox, Group, NumberInput, Stack, Text, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { get } from "../../api/http";
import { type KeepRule, type MirrorRule, readSetting, readUsage, writeSetting } from "../../api/realtime";
import { notifyDone } from "../../shell/notify";
import { Failure, RowsLoading } from "../../shell/PageState";

interface SettingsPanelProps {
  origin: string;
  database: string;
}

export function SettingsPanel({ origin, database }: SettingsPanelProps) {
  const { data, error, refetch } = useQuery({
    queryKey: ["realtime-settings", origin, database],
    queryFn: async () => ({
      mirror: await readSetting<MirrorRule>(origin, database, "mirror"),
      keep: await readSetting<KeepRule>(origin, database, "keep"),
      tenant: (await get<{ tenantId: { id: string } }>("/api/auth/user")).tenantId.id,
    }),
    refetchOnWindowFocus: false,
  });
  if (error) return <Failure error={error} onRetry={refetch} />;
  if (!data) return <RowsLoading rows={6} />;
  return (
    <Stack p="md" gap="xl">
      <MirrorForm {...{ origin, database }} saved={data.mirror} tenant={data.tenant} />
      <KeepForm {...{ origin, database }} saved={data.keep} />
      <Sdks {...{ origin, database }} />
    </Stack>
  );
}

function useRules<T>(props: SettingsPanelProps, name: "mirror" | "keep", saved: T[]) {
  const { t } = useTranslation();
  const [rules, setRules] = useState(saved.map((rule, id) => ({ id, rule })));
  const [fault, setFault] = useState<string | null>(null);
  const change = (id: number, part: Partial<T>) =>
    setRules(rules.map((one) => (one.id === id ? { id, rule: { ...one.rule, ...part } } : one)));
  const add = (rule: T) => setRules([...rules, { id: Math.max(0, ...rules.map((r) => r.id)) + 1, rule }]);
  const drop = (id: number) => setRules(rules.filter((one) => one.id !== id));
  const save = async () => {
    try {
      const all = rules.map(({ rule }) => rule);
      await writeSetting(props.origin, props.database, name, all);
      setFault(null);
      await notifyDone(t("Saved."));
    } catch (failure) {
      setFault(String((failure as Error).message));
    }
  };
  return { rules, change, add, drop, save, fault };
}

interface FooterProps {
  fault: string | null;
  onAdd: () => void;
  onSave: () => Promise<void>;
  addText: string;
  saveText: string;
}

function Footer({ fault, onAdd, onSave, addText, saveText }: FooterProps) {
  return (
    <>
      {fault && (
        <Text c="red" size="sm" role="alert">
          {fault}
        </Text>
      )}
      <Group>
        <Button size="xs" variant="default" onClick={onAdd}>
          {addText}
        </Button>
        <Button size="xs" onClick={() => void onSave()}>
          {saveText}
        </Button>
      </Group>
    </>
  );
}

function MirrorForm(props: SettingsPanelProps & { saved: MirrorRule[]; tenant: string }) {
  const { t } = useTranslation();
  const { rules, change, add, drop, save, fault } = useRules(props, "mirror", props.saved);
  const fresh = {
    tenant: props.tenant,
    latest: "/devices/$name/latest",
    attributes: "/devices/$name/$scope",
    both: false,
  };
  return (
    <Stack gap="xs">
      <Text fw={600}>{t("Mirror of devices")}</Text>
      <Text size="sm" className="faint">
        {t("Latest values and attributes of devices stand at these paths; $name is the device.")}
      </Text>
      {rules.map(({ id, rule }) => (
        <Group key={id} align="end" gap="xs">
          <TextInput
            size="xs"
            label={t("Device profile; empty for all")}
            value={rule.profile ?? ""}
            onChange={(event) => change(id, { profile: event.currentTarget.value })}
          />
          <TextInput
            size="xs"
            label={t("Latest values at")}
            value={rule.latest ?? ""}
            onChange={(event) => change(id, { latest: event.currentTarget.value })}
          />
          <TextInput
            size="xs"
            label={t("Attributes at")}
            value={rule.attributes ?? ""}
            onChange={(event) => change(id, { attributes: event.currentTarget.value })}
          />
          <Checkbox
            size="xs"
            label={t("Writes to shared attributes go to the device")}
            checked={rule.both ?? false}
            onChange={(event) => change(id, { both: event.currentTarget.checked })}
          />
          <Drop onClick={() => drop(id)} />
        </Group>
      ))}
      <Footer
        fault={fault}
        onAdd={() => add(fresh)}
        onSave={save}
        addText={t("Add a mirror")}
        saveText={t("Save mirrors")}
      />
    </Stack>
  );
}

function KeepForm(props: SettingsPanelProps & { saved: KeepRule[] }) {
  const { t } = useTranslation();
  const { rules, change, add, drop, save, fault } = useRules(props, "keep", props.saved);
  return (
    <Stack gap="xs">
      <Text fw={600}>{t("Lists that forget")}</Text>
      <Text size="sm" className="faint">
        {t("A list keeps its last children, or those that are young enough; $x stands for any key.")}
      </Text>
      {rules.map(({ id, rule }) => (
        <Group key={id} align="end" gap="xs">
          <TextInput
            size="xs"
            label={t("Path of the list")}
            value={rule.path}
            onChange={(event) => change(id, { path: event.currentTarget.value })}
          />
          <NumberInput
            size="xs"
            label={t("Last children kept")}
            min={1}
            value={rule.last ?? ""}
            onChange={(last) => change(id, last === "" ? without(rule, "last") : { last: Number(last) })}
          />
          <NumberInput
            size="xs"
            label={t("Oldest, in seconds")}
            min={1}
            value={rule.maxAgeSeconds ?? ""}
            onChange={(age) =>
              change(id, age === "" ? without(rule, "maxAgeSeconds") : { maxAgeSeconds: Number(age) })
            }
          />
          <Drop onClick={() => drop(id)} />
        </Group>
      ))}
      <Footer
        fault={fault}
        onAdd={() => add({ path: "/log/$device", last: 1_000 })}
        onSave={save}
        addText={t("Add a list")}
        saveText={t("Save lists")}
      />
    </Stack>
  );
}

/// The rule with that member gone: undefined members are not written as JSON.
function without(rule: KeepRule, name: "last" | "maxAgeSeconds"): Partial<KeepRule> {
  return { ...rule, [name]: undefined } as Partial<KeepRule>;
}

function Drop({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation();
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={t("Remove")} title={t("Remove")} onClick={onClick}>
      <IconTrash size={16} />
    </ActionIcon>
  );
}

function Sdks({ origin, database }: SettingsPanelProps) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ["realtime-usage", origin, database],
    queryFn: () => readUsage(origin, database),
    refetchInterval: 5_000,
  });
  const sdks = Object.entries(data?.sdks ?? {});
  if (sdks.length === 0) return null;
  return (
    <Stack gap={4}>
      <Text fw={600}>{t("What SDKs report of themselves")}</Text>
      {sdks.map(([name, count]) => (
        <Text size="sm" key={name}>
          {name}: {count}
        </Text>
      ))}
    </Stack>
  );
}
