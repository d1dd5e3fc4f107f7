/// One setting of a widget as its kind is best changed.
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Switch.css";
import { NativeSelect, Switch, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ruleChainsQuery } from "../../api/queries";
import type { Json } from "../../api/types";
import type { Entity } from "../../dashboards/entities";
import type { WidgetSetting } from "../../widgets/widget";
import { ImageField } from "./ImageField";
import { PlacesField } from "./PlacesField";

interface SettingFieldProps {
  setting: WidgetSetting;
  value: Json;
  onChange: (value: Json) => void;
  /// Those that the widget shows, and its image, for a setting that is about them.
  entities: Entity[];
  image: Json | undefined;
}

export function SettingField({ setting, value, onChange, entities, image }: SettingFieldProps) {
  const { t } = useTranslation();
  const { label, type, choices = [], hint } = setting;
  const shared = { label: t(label), ...(hint && { description: t(hint) }) };
  const text = value === null ? "" : String(value);
  if (type === "boolean")
    return (
      <Switch
        {...shared}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  if (type === "image") return <ImageField {...shared} value={text} onChange={onChange} />;
  if (type === "places")
    return (
      <PlacesField
        {...shared}
        image={typeof image === "string" ? image : ""}
        entities={entities}
        value={value}
        onChange={onChange}
      />
    );
  if (type === "rule-chain") return <ChainField {...shared} value={text} onChange={onChange} />;
  if (type === "choice")
    return (
      <NativeSelect
        {...shared}
        data={choices}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  if (type === "long-text")
    return (
      <Textarea
        {...shared}
        autosize
        minRows={4}
        maxRows={16}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  if (type === "number")
    return (
      <TextInput
        {...shared}
        type="number"
        step="any"
        value={text}
        onChange={(event) =>
          onChange(event.currentTarget.value === "" ? null : Number(event.currentTarget.value))
        }
      />
    );
  return <TextInput {...shared} value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
}

interface ChainFieldProps {
  label: string;
  value: string;
  onChange: (value: Json) => void;
}

function ChainField({ value, onChange, ...shared }: ChainFieldProps) {
  const { t } = useTranslation();
  const chains = useQuery(ruleChainsQuery).data?.data ?? [];
  return (
    <NativeSelect
      {...shared}
      data={[
        { value: "", label: t("The root chain") },
        ...chains.map(({ id, name }) => ({ value: id.id, label: name })),
      ]}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
