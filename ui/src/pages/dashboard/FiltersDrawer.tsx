/// Filters of a dashboard: a widget shows only those of its entities whose values pass.
import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Drawer.css";
import "@mantine/core/styles/Fieldset.css";
import {
  ActionIcon,
  Button,
  Drawer,
  Fieldset,
  Group,
  NativeSelect,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import {
  type Condition,
  conditionsOf,
  type Filter,
  operations,
  type ValueType,
  withConditions,
} from "../../dashboards/filters";
import { type Dashboard, filtersOf, withFilter, withoutFilter } from "../../dashboards/model";

interface FiltersDrawerProps {
  dashboard: Dashboard;
  onChange: (change: (dashboard: Dashboard) => Dashboard, kind?: string) => void;
  onClose: () => void;
}

const fresh: Condition = {
  keyType: "TIME_SERIES",
  key: "",
  valueType: "NUMERIC",
  operation: "GREATER",
  value: "0",
};

export function FiltersDrawer({ dashboard, onChange, onClose }: FiltersDrawerProps) {
  const { t } = useTranslation();
  const set = (filter: Filter) => onChange((old) => withFilter(old, filter), `filter ${filter.id}`);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="md"
      title={t("Filters")}
      closeButtonProps={{ "aria-label": t("Close") }}
    >
      <Stack>
        <Text size="sm" className="faint">
          {t(
            "A widget that uses a filter shows those entities of its alias for which every condition holds.",
          )}
        </Text>
        {filtersOf(dashboard).map((filter) => (
          <Fieldset key={filter.id} legend={filter.filter || t("New filter")}>
            <FilterFields filter={filter} onChange={set} />
            <Group justify="flex-end" mt="xs">
              <Button
                size="xs"
                variant="default"
                onClick={() => onChange((old) => withoutFilter(old, filter.id))}
              >
                {t("Delete")}
              </Button>
            </Group>
          </Fieldset>
        ))}
        <Button
          variant="light"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => set(withConditions({ id: crypto.randomUUID(), filter: t("New filter") }, [fresh]))}
        >
          {t("Add a filter")}
        </Button>
      </Stack>
    </Drawer>
  );
}

function FilterFields({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }) {
  const { t } = useTranslation();
  const conditions = conditionsOf(filter);
  const put = (next: Condition[]) => onChange(withConditions(filter, next));
  return (
    <Stack gap="xs">
      <TextInput
        label={t("Name")}
        value={filter.filter}
        onChange={(event) => onChange({ ...filter, filter: event.currentTarget.value })}
      />
      {conditions.map((condition, i) => (
        <ConditionFields
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no name of their own
          key={i}
          condition={condition}
          onChange={(next) => put(conditions.map((old, at) => (at === i ? next : old)))}
          onRemove={() => put(conditions.filter((_, at) => at !== i))}
        />
      ))}
      <Button size="xs" variant="default" onClick={() => put([...conditions, fresh])}>
        {t("Add a condition")}
      </Button>
    </Stack>
  );
}

interface ConditionFieldsProps {
  condition: Condition;
  onChange: (condition: Condition) => void;
  onRemove: () => void;
}

function ConditionFields({ condition, onChange, onRemove }: ConditionFieldsProps) {
  const { t } = useTranslation();
  const operationTexts: Record<string, string> = {
    GREATER: t("is greater than"),
    GREATER_OR_EQUAL: t("is at least"),
    LESS: t("is less than"),
    LESS_OR_EQUAL: t("is at most"),
    EQUAL: t("is"),
    NOT_EQUAL: t("is not"),
    STARTS_WITH: t("begins with"),
    ENDS_WITH: t("ends with"),
    CONTAINS: t("contains"),
    NOT_CONTAINS: t("does not contain"),
  };
  const set = (part: Partial<Condition>) => onChange({ ...condition, ...part });
  return (
    <Stack gap={6}>
      <Group grow gap="xs" align="flex-end">
        <NativeSelect
          label={t("Where it stands")}
          data={[
            { value: "TIME_SERIES", label: t("Telemetry") },
            { value: "ATTRIBUTE", label: t("Any attribute") },
            { value: "SERVER_ATTRIBUTE", label: t("Server attribute") },
            { value: "SHARED_ATTRIBUTE", label: t("Shared attribute") },
            { value: "CLIENT_ATTRIBUTE", label: t("Client attribute") },
            { value: "ENTITY_FIELD", label: t("Field of the entity") },
          ]}
          value={condition.keyType}
          onChange={(event) => set({ keyType: event.currentTarget.value })}
        />
        <TextInput
          label={t("Key")}
          value={condition.key}
          onChange={(event) => set({ key: event.currentTarget.value })}
        />
      </Group>
      <Group grow gap="xs" align="flex-end">
        <NativeSelect
          label={t("Kind of value")}
          data={[
            { value: "NUMERIC", label: t("Number") },
            { value: "STRING", label: t("Text") },
            { value: "BOOLEAN", label: t("Yes or no") },
          ]}
          value={condition.valueType}
          onChange={(event) => {
            const valueType = event.currentTarget.value as ValueType;
            const [operation = "EQUAL"] = operations[valueType];
            set({ valueType, operation, value: valueType === "BOOLEAN" ? "true" : condition.value });
          }}
        />
        <NativeSelect
          label={t("Condition")}
          data={operations[condition.valueType].map((value) => ({
            value,
            label: operationTexts[value] ?? value,
          }))}
          value={condition.operation}
          onChange={(event) => set({ operation: event.currentTarget.value })}
        />
      </Group>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        {condition.valueType === "BOOLEAN" ? (
          <NativeSelect
            flex={1}
            label={t("Value")}
            data={["true", "false"]}
            value={condition.value}
            onChange={(event) => set({ value: event.currentTarget.value })}
          />
        ) : (
          <TextInput
            flex={1}
            label={t("Value")}
            type={condition.valueType === "NUMERIC" ? "number" : "text"}
            step="any"
            value={condition.value}
            onChange={(event) => set({ value: event.currentTarget.value })}
          />
        )}
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={t("Delete the condition on {{key}}", { key: condition.key })}
          onClick={onRemove}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </Group>
    </Stack>
  );
}
