/// The fences beside the map: choose one, then point at the map.
import { Button, Group, NativeSelect, NumberInput, Stack, Text } from "@mantine/core";
import "@mantine/core/styles/NumberInput.css";
import { useTranslation } from "react-i18next";
import { Part } from "../../shell/Part";
import { type FenceDraft, type FenceShape, isWhole } from "./fenceDraft";

interface FenceListProps {
  fences: FenceDraft[];
  edited: FenceDraft | null;
  isSaving: boolean;
  onEdit: (fence: FenceDraft | null) => void;
  onSave: () => void;
}

export function FenceList({ fences, edited, isSaving, onEdit, onSave }: FenceListProps) {
  const { t } = useTranslation();
  return (
    <Part
      title={t("Fences")}
      hint={t("Of geofencing nodes in rule chains, and of the attribute “perimeter” of devices.")}
    >
      <Stack gap="sm">
        {fences.length === 0 && (
          <Text size="sm" className="faint">
            {t("None yet: add a geofencing node to a rule chain.")}
          </Text>
        )}
        {fences.map((fence) => {
          const isEdited = edited !== null && keyOf(edited) === keyOf(fence);
          return (
            <Group key={keyOf(fence)} justify="space-between" wrap="nowrap">
              <div>
                <Text size="sm" fw={550}>
                  {fence.home.name}
                </Text>
                <Text size="xs" className="faint">
                  {fence.home.kind === "node" ? fence.home.chain : t("Device")}
                </Text>
              </div>
              {!isEdited && (
                <Button
                  size="xs"
                  variant="default"
                  aria-label={t("Change the fence {{name}}", { name: fence.home.name })}
                  onClick={() => onEdit(fence)}
                >
                  {t("Change")}
                </Button>
              )}
            </Group>
          );
        })}
        {edited && (
          <FenceForm
            fence={edited}
            isSaving={isSaving}
            onChange={(shape) => onEdit({ ...edited, shape })}
            onSave={onSave}
            onCancel={() => onEdit(null)}
          />
        )}
      </Stack>
    </Part>
  );
}

export function keyOf({ home }: FenceDraft): string {
  return home.kind === "node" ? home.nodeId : home.deviceId;
}

interface FenceFormProps {
  fence: FenceDraft;
  isSaving: boolean;
  onChange: (shape: FenceShape) => void;
  onSave: () => void;
  onCancel: () => void;
}

function FenceForm({ fence: { home, shape }, isSaving, onChange, onSave, onCancel }: FenceFormProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="xs" role="group" aria-label={t("The fence {{name}}", { name: home.name })}>
      <NativeSelect
        label={t("Shape")}
        data={[
          { value: "POLYGON", label: t("Corners") },
          { value: "CIRCLE", label: t("Circle") },
        ]}
        value={shape.type}
        onChange={(event) =>
          onChange(
            event.currentTarget.value === "CIRCLE"
              ? { type: "CIRCLE", centre: null, radiusM: 500 }
              : { type: "POLYGON", corners: [] },
          )
        }
      />
      {shape.type === "CIRCLE" ? (
        <>
          <Text size="sm" role="status">
            {shape.centre
              ? t("Around {{latitude}}, {{longitude}}", { ...shape.centre })
              : t("Point at its centre on the map.")}
          </Text>
          <NumberInput
            label={t("Radius in metres")}
            min={1}
            hideControls
            value={shape.radiusM}
            onChange={(value) => typeof value === "number" && onChange({ ...shape, radiusM: value })}
          />
        </>
      ) : (
        <>
          <Text size="sm" role="status">
            {t("{{count}} corners; point at the map to add one.", { count: shape.corners.length })}
          </Text>
          <Group gap="xs">
            <Button
              size="xs"
              variant="default"
              disabled={shape.corners.length === 0}
              onClick={() => onChange({ ...shape, corners: shape.corners.slice(0, -1) })}
            >
              {t("Take the last one back")}
            </Button>
            <Button
              size="xs"
              variant="default"
              disabled={shape.corners.length === 0}
              onClick={() => onChange({ ...shape, corners: [] })}
            >
              {t("Begin anew")}
            </Button>
          </Group>
        </>
      )}
      <Group gap="xs">
        <Button size="xs" disabled={!isWhole(shape)} loading={isSaving} onClick={onSave}>
          {t("Save the fence")}
        </Button>
        <Button size="xs" variant="default" onClick={onCancel}>
          {t("Cancel")}
        </Button>
      </Group>
    </Stack>
  );
}
