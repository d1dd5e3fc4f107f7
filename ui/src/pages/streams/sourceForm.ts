/// A source as a person fills it in, and as it is sent.
import type { Source, SourceSettings } from "../../api/kafka";

const fresh: SourceSettings = {
  name: "",
  enabled: true,
  topicPattern: "",
  startFrom: "EARLIEST",
  format: "JSON",
  registryUrl: "",
  deviceFrom: "KEY",
  deviceSelector: "",
  deviceFallback: "",
  autoCreate: true,
  deviceProfile: "default",
  content: "TELEMETRY",
};

/// What the form begins with: what is kept, and the server's own defaults for the rest.
export function filled(source: Source | null): SourceSettings {
  const form: Record<string, unknown> = { ...fresh };
  for (const name of Object.keys(fresh)) {
    const value = source?.[name as keyof SourceSettings];
    if (value !== undefined) form[name] = value;
  }
  return form as unknown as SourceSettings;
}

/// What to send: all that is kept, also what the form does not show, under what was typed.
export function toSend(source: Source | null, form: SourceSettings): Partial<Source> {
  const { status, ...kept } = source ?? {};
  return {
    ...kept,
    ...form,
    name: form.name.trim() || form.topicPattern,
    topicPattern: form.topicPattern.trim(),
  };
}

export const hasSchema = ({ format }: SourceSettings) => format === "AVRO" || format === "PROTOBUF";

export const hasSelector = ({ deviceFrom }: SourceSettings) => deviceFrom !== "KEY";

/// What is still wanted, by field, in English.
export function wanted(form: SourceSettings): Partial<Record<keyof SourceSettings, string>> {
  return {
    ...(form.topicPattern.trim() === "" && { topicPattern: "Give a topic's name or a pattern." }),
    ...(hasSchema(form) &&
      !/^https?:\/\/[^/\s]+/.test(form.registryUrl) && {
        registryUrl: "Give the registry's address, as in http://registry:8081.",
      }),
    ...(hasSelector(form) && form.deviceSelector.trim() === "" && { deviceSelector: "This is needed." }),
  };
}
