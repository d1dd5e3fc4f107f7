import { Button, Group, NativeSelect } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { devicesQuery } from "../../api/queries";
import { type SeriesName, seriesMax } from "./question";
import { useKeys } from "./useSeries";

interface AddSeriesProps {
  known: SeriesName[];
  /// The device to begin with.
  deviceId: string | null;
  onAdd: (series: SeriesName) => void;
}

export function AddSeries({ known, deviceId: first, onAdd }: AddSeriesProps) {
  const { t } = useTranslation();
  const devices = useInfiniteQuery(devicesQuery("")).data?.pages.flatMap((page) => page.data) ?? [];
  const [chosenDevice, setDevice] = useState(first ?? "");
  const deviceId = chosenDevice || (devices[0]?.id.id ?? "");
  const keys = useKeys(deviceId).data ?? [];
  const free = keys.filter((key) => !known.some((each) => each.deviceId === deviceId && each.key === key));
  const [chosenKey, setKey] = useState("");
  const key = free.includes(chosenKey) ? chosenKey : (free[0] ?? "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAdd({ deviceId, key });
  };
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="flex-end">
        <NativeSelect
          label={t("Device")}
          data={devices.map((device) => ({ value: device.id.id, label: device.name }))}
          value={deviceId}
          onChange={(event) => setDevice(event.currentTarget.value)}
        />
        <NativeSelect
          label={t("Key")}
          data={free.length > 0 ? free : [{ value: "", label: t("nothing left") }]}
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
        />
        <Button
          type="submit"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={key === "" || known.length >= seriesMax}
        >
          {t("Add")}
        </Button>
      </Group>
    </form>
  );
}
