/// A form made from the description of a node's settings.
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Switch.css";
import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/Combobox.css";
import "@mantine/core/styles/Pill.css";
import "@mantine/core/styles/PillsInput.css";
import "@mantine/core/styles/Fieldset.css";
import { Fieldset, NativeSelect, Stack, Switch, TagsInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Json, NodeSetting, RecentMessage, RuleChain } from "../../api/types";
import { JsonField } from "./JsonField";
import { MapField } from "./MapField";
import { isScript, isShown, mistakeIn, settingLabel } from "./nodeForms";
import { ScriptField } from "./ScriptField";

interface SettingsFormProps {
  settings: NodeSetting[];
  values: Record<string, Json>;
  nodeType: string;
  /// What came in lately: for completion and for trying a script.
  messages: RecentMessage[];
  chains: RuleChain[];
  onChange: (name: string, value: Json) => void;
}

export function SettingsForm({ settings, values, ...rest }: SettingsFormProps) {
  return (
    <Stack gap="sm">
      {settings
        .filter((setting) => isShown(setting, values))
        .map((setting) => (
          <SettingField
            key={setting.name}
            setting={setting}
            value={values[setting.name] ?? null}
            scriptLang={values.scriptLang === "TBEL" ? "TBEL" : "JS"}
            {...rest}
          />
        ))}
    </Stack>
  );
}

interface SettingFieldProps extends Omit<SettingsFormProps, "settings" | "values"> {
  setting: NodeSetting;
  value: Json;
  scriptLang: "JS" | "TBEL";
}

function SettingField(props: SettingFieldProps) {
  const { setting, value, chains, onChange, nodeType, messages, scriptLang } = props;
  const { t } = useTranslation();
  const { name, type, of, choices, fields, doc } = setting;
  const shared = { label: t(settingLabel(name)), description: doc };
  const change = (next: Json) => onChange(name, next);
  if (isScript(name))
    return (
      <ScriptField
        {...shared}
        script={text(value)}
        scriptLang={scriptLang}
        nodeType={nodeType}
        messages={messages}
        onChange={change}
      />
    );
  if (name === "ruleChainId")
    return (
      <NativeSelect
        {...shared}
        value={text(value)}
        data={[{ value: "", label: "—" }, ...chains.map(({ id, name }) => ({ value: id.id, label: name }))]}
        onChange={(event) => change(event.currentTarget.value)}
      />
    );
  if (type === "boolean")
    return (
      <Switch
        {...shared}
        checked={value === true}
        onChange={(event) => change(event.currentTarget.checked)}
      />
    );
  if (type === "int" || type === "long" || type === "double") return <NumberField {...props} />;
  if (type === "List" && !fields)
    return (
      <TagsInput
        {...shared}
        value={Array.isArray(value) ? value.map(String) : []}
        data={choices ?? []}
        clearable={false}
        onChange={change}
      />
    );
  if (type === "Map" && (of === undefined || of === "String"))
    return <MapField {...shared} value={branch(value)} onChange={change} />;
  if (choices && type !== "List")
    return (
      <NativeSelect
        {...shared}
        value={text(value)}
        data={choices}
        onChange={(event) => change(event.currentTarget.value)}
      />
    );
  if (fields && type !== "List")
    return (
      <Fieldset legend={shared.label}>
        <SettingsForm
          nodeType={nodeType}
          messages={messages}
          chains={chains}
          settings={fields}
          values={branch(value)}
          onChange={(inner, next) => change({ ...branch(value), [inner]: next })}
        />
      </Fieldset>
    );
  if (type === "String")
    return (
      <TextInput {...shared} value={text(value)} onChange={(event) => change(event.currentTarget.value)} />
    );
  return <JsonField {...shared} value={value} onChange={change} />;
}

function NumberField({ setting, value, onChange }: SettingFieldProps) {
  const { t } = useTranslation();
  const mistake = mistakeIn(setting, value);
  return (
    <TextInput
      type="number"
      step={setting.type === "double" ? "any" : 1}
      label={t(settingLabel(setting.name))}
      description={setting.doc}
      value={typeof value === "number" ? value : text(value)}
      error={mistake}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        onChange(setting.name, typed === "" ? null : Number(typed));
      }}
    />
  );
}

function text(value: Json): string {
  return typeof value === "string" ? value : value === null ? "" : String(value);
}

function branch(value: Json): Record<string, Json> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
