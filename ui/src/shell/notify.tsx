/// Tells a person what happened, with a way back where there is one.
import { Anchor, Group, Text } from "@mantine/core";
import i18next from "i18next";

const undoMs = 10_000;

export async function notifyDone(message: string, undo?: () => Promise<unknown>): Promise<void> {
  const { notifications } = await import("@mantine/notifications");
  const id = notifications.show({
    autoClose: undo ? undoMs : 4_000,
    closeButtonProps: { "aria-label": i18next.t("Close") },
    message: (
      <Group gap="sm" wrap="nowrap">
        <Text size="sm">{message}</Text>
        {undo && (
          <Anchor
            component="button"
            size="sm"
            fw={600}
            onClick={() => {
              notifications.hide(id);
              undo().catch(notifyFailed);
            }}
          >
            {i18next.t("Undo")}
          </Anchor>
        )}
      </Group>
    ),
  });
}

export async function notifyFailed(failure: unknown): Promise<void> {
  const { notifications } = await import("@mantine/notifications");
  notifications.show({
    color: "red",
    closeButtonProps: { "aria-label": i18next.t("Close") },
    title: i18next.t("That did not work"),
    message: failure instanceof Error ? failure.message : String(failure),
    autoClose: 10_000,
  });
}
