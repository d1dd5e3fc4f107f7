import { Button, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Json } from "../../api/types";
import { command, question } from "../commands";
import { textSetting } from "../values";
import type { WidgetProps } from "../widget";
import classes from "../widgets.module.css";

export default function CommandButton({ source, settings }: WidgetProps) {
  const { t } = useTranslation();
  const send = useMutation({
    mutationFn: async (): Promise<Json> => {
      const method = textSetting(settings, "method");
      const params = parsed(textSetting(settings, "params", "{}") || "{}");
      if (settings.answer === true) return question(source.deviceId, method, params);
      await command(source.deviceId, method, params);
      return null;
    },
  });
  return (
    <div className={classes.centre}>
      <Button loading={send.isPending} disabled={source.deviceId === ""} onClick={() => send.mutate()}>
        {textSetting(settings, "label") || t("Send")}
      </Button>
      <Text size="sm" role="status" c={send.error ? "red" : undefined}>
        {send.error?.message ??
          (send.isSuccess && (settings.answer === true ? JSON.stringify(send.data) : t("Sent.")))}
      </Text>
    </div>
  );
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`The parameters are not JSON: ${text}`);
  }
}
