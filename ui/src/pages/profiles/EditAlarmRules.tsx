import {
  ActionIcon,
  Button,
  Fieldset,
  Group,
  NativeSelect,
  NumberInput,
  Stack,
  TextInput,
} from "@mantine/core";
import "@mantine/core/styles/Fieldset.css";
import "@mantine/core/styles/NumberInput.css";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { type DeviceProfile, type Severity, severities } from "../../api/types";
import { FormDialog } from "../../shell/FormDialog";
import { parseTyped } from "../../text/parseTyped";
import { AlarmPreview } from "./AlarmPreview";
import {
  type AlarmRules,
  type Comparison,
  type Condition,
  comparisons,
  isComplete,
  newCondition,
  newRule,
  type Rule,
} from "./alarmRules";

interface EditAlarmRulesProps {
  profile: DeviceProfile;
  alarm: AlarmRules;
  saving: { isPending: boolean; error: Error | null };
  onChange: (alarm: AlarmRules) => void;
  onClose: () => void;
  onSave: () => void;
}

const severityNames: Record<Severity, string> = {
  CRITICAL: "Critical",
  MAJOR: "Major",
  MINOR: "Minor",
  WARNING: "Warning",
  INDETERMINATE: "Indeterminate",
};

export function EditAlarmRules({ profile, alarm, saving, onChange, onClose, onSave }: EditAlarmRulesProps) {
  const { t } = useTranslation();
  const unused = severities.filter((each) => !alarm.create.some(({ severity }) => severity === each));
  const setRule = (index: number, rule: Rule) =>
    onChange({ ...alarm, create: alarm.create.map((each, i) => (i === index ? { ...each, rule } : each)) });
  return (
    <FormDialog
      title={alarm.type || t("Add an alarm rule")}
      size="lg"
      onClose={onClose}
      onSubmit={onSave}
      isComplete={isComplete(alarm)}
      saving={saving}
      submitLabel={t("Save the rule")}
    >
      <TextInput
        label={t("Name of the alarm")}
        required
        data-autofocus
        maxLength={255}
        value={alarm.type}
        onChange={(event) => onChange({ ...alarm, type: event.currentTarget.value })}
      />
      {alarm.create.map(({ severity, rule }, i) => (
        <Fieldset key={severity} legend={t("Raise it when")}>
          <Stack gap="xs">
            <Group gap="xs" align="flex-end">
              <NativeSelect
                label={t("Severity")}
                data={[severity, ...unused].map((value) => ({ value, label: t(severityNames[value]) }))}
                value={severity}
                onChange={(event) => {
                  const next = event.currentTarget.value as Severity;
                  onChange({
                    ...alarm,
                    create: alarm.create.map((each, j) => (j === i ? { ...each, severity: next } : each)),
                  });
                }}
              />
              {alarm.create.length > 1 && (
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => onChange({ ...alarm, create: alarm.create.filter((_, j) => j !== i) })}
                >
                  {t("Delete")}
                </Button>
              )}
            </Group>
            <RuleFields rule={rule} onChange={(next) => setRule(i, next)} />
          </Stack>
        </Fieldset>
      ))}
      <Fieldset legend={t("Clear it when")} disabled={alarm.clear === null}>
        {alarm.clear && <RuleFields rule={alarm.clear} onChange={(clear) => onChange({ ...alarm, clear })} />}
      </Fieldset>
      <Group gap="xs">
        {unused[0] && (
          <Button
            size="xs"
            variant="light"
            onClick={() =>
              onChange({
                ...alarm,
                create: [...alarm.create, { severity: unused[0] as Severity, rule: newRule() }],
              })
            }
          >
            {t("Add a severity")}
          </Button>
        )}
        <Button
          size="xs"
          variant="light"
          onClick={() => onChange({ ...alarm, clear: alarm.clear ? null : cleared(alarm) })}
        >
          {alarm.clear ? t("A person clears it") : t("Clear it by a rule")}
        </Button>
      </Group>
      <AlarmPreview profile={profile} alarm={alarm} />
    </FormDialog>
  );
}

/// What one would begin with: the same key, the other way round.
function cleared(alarm: AlarmRules): Rule {
  const first = alarm.create[0]?.rule.conditions[0] ?? newCondition();
  const opposite: Partial<Record<Comparison, Comparison>> = {
    GREATER: "LESS_OR_EQUAL",
    GREATER_OR_EQUAL: "LESS",
    LESS: "GREATER_OR_EQUAL",
    LESS_OR_EQUAL: "GREATER",
    EQUAL: "NOT_EQUAL",
    NOT_EQUAL: "EQUAL",
  };
  return {
    conditions: [{ ...first, comparison: opposite[first.comparison] ?? "LESS" }],
    when: { type: "SIMPLE" },
  };
}

function RuleFields({ rule, onChange }: { rule: Rule; onChange: (rule: Rule) => void }) {
  const { t } = useTranslation();
  const { when } = rule;
  const set = (index: number, part: Partial<Condition>) =>
    onChange({
      ...rule,
      conditions: rule.conditions.map((each, i) => (i === index ? { ...each, ...part } : each)),
    });
  return (
    <Stack gap="xs">
      {rule.conditions.map((condition, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: conditions have nothing of their own
        <Group key={i} gap="xs" align="flex-end">
          <NativeSelect
            label={t("Of")}
            w={130}
            data={[
              { value: "TIME_SERIES", label: t("Telemetry") },
              { value: "ATTRIBUTE", label: t("Attributes") },
            ]}
            value={condition.source}
            onChange={(event) => set(i, { source: event.currentTarget.value as Condition["source"] })}
          />
          <TextInput
            label={t("Key")}
            required
            w={150}
            value={condition.key}
            onChange={(event) => set(i, { key: event.currentTarget.value })}
          />
          <NativeSelect
            label={t("is")}
            w={70}
            data={Object.entries(comparisons).map(([value, label]) => ({ value, label }))}
            value={condition.comparison}
            onChange={(event) => set(i, { comparison: event.currentTarget.value as Comparison })}
          />
          <ValueField value={condition.value} onChange={(value) => set(i, { value })} />
          {rule.conditions.length > 1 && (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t("Delete the condition")}
              onClick={() => onChange({ ...rule, conditions: rule.conditions.filter((_, j) => j !== i) })}
            >
              <IconTrash size={16} />
            </ActionIcon>
          )}
        </Group>
      ))}
      <Group gap="xs" align="flex-end">
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => onChange({ ...rule, conditions: [...rule.conditions, newCondition()] })}
        >
          {t("and also")}
        </Button>
        <NativeSelect
          label={t("How long")}
          data={[
            { value: "SIMPLE", label: t("at once") },
            { value: "DURATION", label: t("for some seconds") },
            { value: "REPEATING", label: t("some times in a row") },
          ]}
          value={when.type}
          onChange={(event) => onChange({ ...rule, when: whenOf(event.currentTarget.value) })}
        />
        {when.type === "DURATION" && (
          <NumberInput
            label={t("Seconds")}
            w={100}
            min={1}
            hideControls
            value={when.seconds}
            onChange={(value) =>
              typeof value === "number" && onChange({ ...rule, when: { type: "DURATION", seconds: value } })
            }
          />
        )}
        {when.type === "REPEATING" && (
          <NumberInput
            label={t("Times")}
            w={100}
            min={1}
            hideControls
            value={when.count}
            onChange={(value) =>
              typeof value === "number" && onChange({ ...rule, when: { type: "REPEATING", count: value } })
            }
          />
        )}
      </Group>
    </Stack>
  );
}

function whenOf(type: string): Rule["when"] {
  if (type === "DURATION") return { type, seconds: 60 };
  if (type === "REPEATING") return { type, count: 3 };
  return { type: "SIMPLE" };
}

function ValueField({
  value,
  onChange,
}: {
  value: Condition["value"];
  onChange: (value: Condition["value"]) => void;
}) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t("Value")}
      w={110}
      required
      defaultValue={String(value)}
      onChange={(event) => {
        const typed = parseTyped(event.currentTarget.value);
        onChange(typeof typed === "object" ? event.currentTarget.value : typed);
      }}
    />
  );
}
