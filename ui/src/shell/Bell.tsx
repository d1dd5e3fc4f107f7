/// The bell: how many notifications are unread, and the newest of them.
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/Indicator.css";
import { ActionIcon, Button, Group, Indicator, Popover, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { markAllRead, markRead, type Notification, unreadText, useInbox } from "../notifications/inbox";
import { Time } from "../text/Time";
import { notifyFailed } from "./notify";

export default function Bell() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const inbox = useInbox();
  const unread = inbox?.unread ?? 0;
  const close = () => setOpen(false);
  return (
    <Popover position="bottom-end" width={340} opened={isOpen} onChange={setOpen} trapFocus>
      <Indicator
        label={unreadText(unread)}
        size={16}
        disabled={unread === 0}
        visibleFrom="xs"
        offset={6}
        color="red.9"
      >
        <Popover.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            visibleFrom="xs"
            onClick={() => setOpen(!isOpen)}
            aria-label={
              unread === 0 ? t("Notifications") : t("Notifications, {{count}} unread", { count: unread })
            }
          >
            <IconBell size={22} stroke={1.6} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown aria-label={t("Notifications")}>
        <Stack gap="xs">
          <Group justify="space-between" wrap="nowrap">
            <Text fw={600}>{t("Notifications")}</Text>
            <Button
              size="compact-xs"
              variant="default"
              disabled={unread === 0}
              onClick={() => void markAllRead().catch(notifyFailed)}
            >
              {t("Mark all as read")}
            </Button>
          </Group>
          {unread === 0 && (
            <Text size="sm" className="faint">
              {t("Nothing new.")}
            </Text>
          )}
          {inbox?.newest.map((each) => (
            <Entry key={each.id.id} notification={each} />
          ))}
          <Button component={Link} to="/notifications" variant="default" size="xs" onClick={close}>
            {t("All notifications and their rules")}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function Entry({ notification }: { notification: Notification }) {
  const read = () => void markRead(notification.id.id).catch(notifyFailed);
  return (
    <UnstyledButton onClick={read}>
      <Text size="sm" fw={600}>
        {notification.subject}
      </Text>
      <Text size="sm">{notification.text}</Text>
      <Text size="xs" className="faint">
        <Time at={notification.createdTime} />
      </Text>
    </UnstyledButton>
  );
}
