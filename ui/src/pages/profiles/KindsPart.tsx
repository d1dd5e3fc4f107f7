/// What the values of each key are: a measurement, a counter with a tariff, a state, a position.
import { ActionIcon, Button, Group, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DeviceProfile, Json } from "../../api/types";
import { notifyDone } from "../../shell/notify";
import { Failure } from "../../shell/PageState";
import { Part } from "../../shell/Part";
import { useSaveProfile } from "./profiles";

interface Kind {
  key: string;
  kind: string;
  unit: string;
  /// Price of a unit, where a fixed one is all the tariff says.
  price: string;
  /// With what the form does not show.
  json: { [name: string]: Json };
}

const kinds = {
  GAUGE: "A measurement",
  COUNTER: "A counter",
  STATE: "A state",
  POSITION: "A position",
};

export function KindsPart({ profile }: { profile: DeviceProfile }) {
  const { t } = useTranslation();
  const [rows, setRows] = useState(() => read(profile));
  const save = useSaveProfile(() => void notifyDone(t("Saved.")));
  const change = (index: number, part: Partial<Kind>) =>
    setRows((old) => old.map((row, i) => (i === index ? { ...row, ...part } : row)));
  const isComplete = rows.every(({ key }) => key.trim() !== "");
  return (
    <Part
      title={t("Kinds of values")}
      hint={t("A counter is added up by hour, day and month; a key that is not named is a measurement.")}
    >
      <Stack gap="xs">
        {rows.map((row, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row has nothing of its own before it is named
          <Group key={i} gap="xs" align="flex-end">
            <TextInput
              label={t("Key")}
              value={row.key}
              onChange={(event) => change(i, { key: event.currentTarget.value })}
            />
            <NativeSelect
              label={t("It is")}
              data={Object.entries(kinds).map(([value, label]) => ({ value, label: t(label) }))}
              value={row.kind}
              onChange={(event) => change(i, { kind: event.currentTarget.value })}
            />
            <TextInput
              label={t("Unit")}
              w={90}
              value={row.unit}
              onChange={(event) => change(i, { unit: event.currentTarget.value })}
            />
            {row.kind === "COUNTER" && !isElaborate(row) && (
              <TextInput
                label={t("Price of a unit")}
                w={120}
                inputMode="decimal"
                value={row.price}
                onChange={(event) => change(i, { price: event.currentTarget.value })}
              />
            )}
            {row.kind === "COUNTER" && isElaborate(row) && (
              <Text size="sm" className="faint">
                {t("with a tariff of its own")}
              </Text>
            )}
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t("Delete {{key}}", { key: row.key || t("the row") })}
              onClick={() => setRows((old) => old.filter((_, each) => each !== i))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        {save.error && <Failure error={save.error} />}
        <Group>
          <Button
            variant="light"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() =>
              setRows((old) => [...old, { key: "", kind: "COUNTER", unit: "", price: "", json: {} }])
            }
          >
            {t("Add a key")}
          </Button>
          <Button
            disabled={!isComplete}
            loading={save.isPending}
            onClick={() =>
              save.mutate({
                ...profile,
                profileData: { ...profile.profileData, valueKinds: write(rows) },
              })
            }
          >
            {t("Save the kinds")}
          </Button>
        </Group>
      </Stack>
    </Part>
  );
}

/// A tariff by name, or one with more than a price.
function isElaborate({ json: { tariff } }: Kind): boolean {
  if (typeof tariff === "string") return tariff !== "";
  return typeof tariff === "object" && tariff !== null && "rates" in tariff;
}

function read({ profileData: { valueKinds } }: DeviceProfile): Kind[] {
  return Object.entries((valueKinds ?? {}) as Record<string, { [name: string]: Json }>).map(
    ([key, json]) => ({
      key,
      kind: String(json.kind ?? "GAUGE"),
      unit: String(json.unit ?? ""),
      price: String((json.tariff as { price?: Json } | undefined)?.price ?? ""),
      json,
    }),
  );
}

function write(rows: Kind[]): { [key: string]: Json } {
  return Object.fromEntries(
    rows.map((row) => {
      const { kind: _, unit: __, tariff, ...rest } = row.json;
      const price = Number(row.price.replace(",", "."));
      const own: Json | undefined = isElaborate(row)
        ? tariff
        : row.price.trim() !== "" && Number.isFinite(price)
          ? {
              currency: "EUR",
              timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
              ...(typeof tariff === "object" && tariff !== null && !Array.isArray(tariff) && tariff),
              price,
            }
          : undefined;
      return [
        row.key.trim(),
        {
          ...rest,
          kind: row.kind,
          ...(row.unit.trim() && { unit: row.unit.trim() }),
          ...(row.kind === "COUNTER" && own !== undefined && { tariff: own }),
        },
      ];
    }),
  );
}
