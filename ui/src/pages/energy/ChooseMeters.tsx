import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/Combobox.css";
import "@mantine/core/styles/Pill.css";
import "@mantine/core/styles/PillsInput.css";
import { MultiSelect } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FormDialog } from "../../shell/FormDialog";
import { type Known, keep, type MeterKey, type MeterKind, type Meters } from "./meters";

const texts: Record<MeterKind, { label: string; hint: string }> = {
  consumption: { label: "Consumption", hint: "Counters of what is drawn; they are added up." },
  production: { label: "Production", hint: "Counters of what the roof or the mill brings." },
  battery: { label: "Battery", hint: "How full it is, in percent." },
  light: { label: "Light sensor", hint: "To see whether production fits the light." },
};

export function ChooseMeters({ known, onClose }: { known: Known; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [meters, setMeters] = useState<Meters>(known.meters);
  const save = useMutation({
    mutationFn: () => keep(meters),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["energy"] });
      onClose();
    },
  });
  return (
    <FormDialog
      title={t("Choose meters")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      isComplete
      saving={save}
    >
      {(Object.keys(texts) as MeterKind[]).map((kind) => (
        <MultiSelect
          key={kind}
          label={t(texts[kind].label)}
          description={t(texts[kind].hint)}
          searchable
          nothingFoundMessage={t("No device profile names such a key.")}
          hidePickedOptions
          maxValues={kind === "battery" || kind === "light" ? 1 : 50}
          clearButtonProps={{ "aria-label": t("Clear") }}
          data={known.keys
            .filter(({ isCounter }) => isCounter === (kind === "consumption" || kind === "production"))
            .map((each) => ({ value: textOf(each), label: each.name }))}
          value={meters[kind].map(textOf)}
          onChange={(chosen) => setMeters((old) => ({ ...old, [kind]: chosen.map(parse) }))}
        />
      ))}
    </FormDialog>
  );
}

function textOf({ deviceId, key }: MeterKey): string {
  return `${deviceId} ${key}`;
}

function parse(text: string): MeterKey {
  const at = text.indexOf(" ");
  return { deviceId: text.slice(0, at), key: text.slice(at + 1) };
}
