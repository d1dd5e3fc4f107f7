/// Where each entity stands on a picture: choose one, point at its place; or give it in percent by keyboard.
import { Group, Input, NativeSelect, Stack, TextInput } from "@mantine/core";
import { type PointerEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Json } from "../../api/types";
import type { Entity } from "../../dashboards/entities";
import { type Places, placesIn, spread } from "../../widgets/floor-plan/places";
import classes from "./PlacesField.module.css";

interface PlacesFieldProps {
  label: string;
  description?: string;
  image: string;
  entities: Entity[];
  value: Json;
  onChange: (value: Json) => void;
}

export function PlacesField({ label, description, image, entities, value, onChange }: PlacesFieldProps) {
  const { t } = useTranslation();
  const [chosen, choose] = useState("");
  const places = placesIn(value);
  const current = entities.find(({ id }) => id === chosen) ?? entities[0];
  if (!current) return null;
  const at = entities.map(({ id }, i) => places[id] ?? spread(i, entities.length));
  const place = at[entities.indexOf(current)] ?? spread(0, 1);
  const put = (x: number, y: number) => {
    const next: Places = { ...places, [current.id]: { x: within(x), y: within(y) } };
    onChange(next as unknown as Json);
  };
  const point = (event: PointerEvent<HTMLDivElement>) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    put((100 * (event.clientX - left)) / width, (100 * (event.clientY - top)) / height);
  };
  return (
    <Input.Wrapper label={label} description={description}>
      <Stack gap="xs" mt={4}>
        <NativeSelect
          aria-label={t("Which one")}
          data={entities.map(({ id, name }) => ({ value: id, label: name }))}
          value={current.id}
          onChange={(event) => choose(event.currentTarget.value)}
        />
        <div className={classes.sheet} onPointerDown={point} data-testid="places">
          {image && <img src={image} alt="" />}
          {entities.map(({ id, name }, i) => (
            <span
              key={id}
              className={classes.pin}
              data-chosen={id === current.id || undefined}
              style={{ left: `${at[i]?.x}%`, top: `${at[i]?.y}%` }}
              title={name}
            />
          ))}
        </div>
        <Group grow gap="xs">
          <TextInput
            type="number"
            min={0}
            max={100}
            label={t("From the left, in %")}
            value={place.x}
            onChange={(event) => put(Number(event.currentTarget.value), place.y)}
          />
          <TextInput
            type="number"
            min={0}
            max={100}
            label={t("From above, in %")}
            value={place.y}
            onChange={(event) => put(place.x, Number(event.currentTarget.value))}
          />
        </Group>
      </Stack>
    </Input.Wrapper>
  );
}

function within(percent: number): number {
  return Math.round(Math.min(100, Math.max(0, percent)) * 10) / 10;
}
