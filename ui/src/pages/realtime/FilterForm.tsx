/// Which children of a node to look at: ordered by a child, a value or the key, within a bound.
import "@mantine/core/styles/NumberInput.css";
import { Button, Group, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Filter } from "../../api/realtime";
import { parseTyped } from "../../text/parseTyped";
import classes from "./DatabasePage.module.css";

const limitMax = 500;

interface FilterFormProps {
  isActive: boolean;
  onFilter: (filter: Filter | null) => void;
}

export function FilterForm({ isActive, onFilter }: FilterFormProps) {
  const { t } = useTranslation();
  const [orderBy, setOrderBy] = useState("$key");
  const [operator, setOperator] = useState<Filter["operator"]>("equalTo");
  const [value, setValue] = useState("");
  const [limit, setLimit] = useState<number | string>(50);
  const [isLast, setLast] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const most = Math.min(Math.max(1, Number(limit) || 1), limitMax);
    onFilter({ orderBy, operator, value: parseTyped(value), limit: most, isLast });
  };
  return (
    <form onSubmit={submit} className={classes.filter}>
      <Group gap="xs" align="end">
        <TextInput
          size="xs"
          required
          label={t("Order by")}
          description={t("a child, $key, $value or $priority")}
          value={orderBy}
          onChange={(event) => setOrderBy(event.currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          label={t("Condition")}
          value={operator}
          onChange={(event) => setOperator(event.currentTarget.value as Filter["operator"])}
          data={[
            { value: "any", label: t("any value") },
            { value: "equalTo", label: "=" },
            { value: "startAt", label: "\u2265" },
            { value: "endAt", label: "\u2264" },
          ]}
        />
        {operator !== "any" && (
          <TextInput
            size="xs"
            label={t("Value")}
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
        )}
        <NativeSelect
          size="xs"
          label={t("From")}
          value={isLast ? "last" : "first"}
          onChange={(event) => setLast(event.currentTarget.value === "last")}
          data={[
            { value: "first", label: t("the first") },
            { value: "last", label: t("the last") },
          ]}
        />
        <NumberInput
          size="xs"
          w={90}
          label={t("At most")}
          min={1}
          max={limitMax}
          value={limit}
          onChange={setLimit}
        />
        <Button size="xs" type="submit">
          {t("Filter")}
        </Button>
        <Button size="xs" variant="default" disabled={!isActive} onClick={() => onFilter(null)}>
          {t("Show all")}
        </Button>
      </Group>
    </form>
  );
}
