/// The head of a page and its measure.
import { Group, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import classes from "./Page.module.css";

interface PageProps {
  title: string;
  hint?: ReactNode;
  /// Above the title: where this page belongs.
  trail?: ReactNode;
  actions?: ReactNode;
  /// Fills the window instead of growing with its content.
  isFull?: boolean;
  /// As wide as the window, and as high as its content.
  isWide?: boolean;
  children: ReactNode;
}

export function Page({ title, hint, trail, actions, isFull = false, isWide = false, children }: PageProps) {
  useDocumentTitle(`${title} · Millrace`);
  return (
    <Stack gap="md" className={classes.page} data-full={isFull || undefined} data-wide={isWide || undefined}>
      <Group justify="space-between" align="flex-end" gap="sm">
        <div className={classes.head}>
          {trail}
          <Title order={1} size="h2">
            {title}
          </Title>
          {hint && (
            <Text size="sm" component="div" className="faint">
              {hint}
            </Text>
          )}
        </div>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}
