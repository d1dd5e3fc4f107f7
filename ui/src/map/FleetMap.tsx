/// A fleet on the offline map. What moves is drawn by FleetLayer on a canvas of its own above the map's.
import "maplibre-gl/dist/maplibre-gl.css";
import { Button, Text, useComputedColorScheme } from "@mantine/core";
import { IconFocusCentered } from "@tabler/icons-react";
import type { FeatureCollection } from "geojson";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Scheme } from "./basemap";
import classes from "./FleetMap.module.css";
import type { Fleet } from "./fleet";
import { MapScene } from "./mapScene";
import type { Position } from "./positions";

interface FleetMapProps {
  fleet: Fleet;
  fences: FeatureCollection;
  selected: string | null;
  onSelect: (key: string | null) => void;
  /// Takes clicks as places while it is given.
  onPlace?: ((place: Position) => void) | undefined;
}

export default function FleetMap({ fleet, fences, selected, onSelect, onPlace }: FleetMapProps) {
  const { t } = useTranslation();
  const scheme: Scheme = useComputedColorScheme("light");
  const frame = useRef<HTMLDivElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const scene = useRef<MapScene | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const select = useEffectEvent(onSelect);
  const place = useEffectEvent((at: Position) => {
    onPlace?.(at);
    return onPlace !== undefined;
  });
  useEffect(() => {
    try {
      scene.current = new MapScene(
        frame.current as HTMLDivElement,
        overlay.current as HTMLCanvasElement,
        fleet,
        {
          onSelect: (key) => select(key),
          onFailure: setFailure,
          onPlace: (at) => place(at),
        },
      );
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
    return () => {
      scene.current?.close();
      scene.current = null;
    };
  }, [fleet]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new fleet has a new scene; fences follow below
  useEffect(() => scene.current?.show(scheme, fences), [scheme, fleet]);
  useEffect(() => scene.current?.fence(fences), [fences]);
  useEffect(() => scene.current?.select(selected), [selected]);

  return (
    <section className={classes.frame} aria-label={t("Map")}>
      <div ref={frame} className={classes.map} data-placing={onPlace !== undefined || undefined} />
      <canvas ref={overlay} className={classes.overlay} aria-hidden data-testid="fleet" />
      {failure && (
        <Text className={classes.note} role="alert">
          {t("The map cannot be drawn: {{failure}} The list goes on without it.", { failure })}
        </Text>
      )}
      {!failure && (
        <Button
          className={classes.buttons}
          size="xs"
          variant="default"
          leftSection={<IconFocusCentered size={16} aria-hidden />}
          onClick={() => scene.current?.followAll()}
        >
          {t("Show all")}
        </Button>
      )}
    </section>
  );
}
