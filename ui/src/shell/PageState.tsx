/// What a page shows while it has nothing better: a skeleton, an empty state, or what went wrong.
import { Alert, Button, Center, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

export function Failure({ error, onRetry }: { error: Error; onRetry?: () => unknown }) {
  const { t } = useTranslation();
  return (
    <Alert color="red" icon={<IconAlertTriangle />} title={t("This could not be loaded")} role="alert">
      <Stack align="flex-start" gap="xs">
        <Text size="sm">{error.message}</Text>
        {onRetry && (
          <Button size="xs" variant="default" onClick={() => onRetry()}>
            {t("Try again")}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

export function PageFailed({ error, reset }: ErrorComponentProps) {
  return (
    <Stack p="lg">
      <Failure error={error as Error} onRetry={reset} />
    </Stack>
  );
}

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Center mih="60vh">
      <Stack align="center">
        <Title order={1}>{t("Nothing is here")}</Title>
        <Text className="faint">{t("The address may be mistyped, or what it showed is gone.")}</Text>
        <Button component={Link} to="/">
          {t("Go to the home page")}
        </Button>
      </Stack>
    </Center>
  );
}

export function Empty({ icon, title, children }: { icon: ReactNode; title: string; children?: ReactNode }) {
  return (
    <Center py={48} px="md">
      <Stack align="center" gap="xs" maw={420} ta="center">
        <Text component="span" className="faint" aria-hidden>
          {icon}
        </Text>
        <Text fw={600}>{title}</Text>
        {children}
      </Stack>
    </Center>
  );
}

export function RowsLoading({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm" p="md" role="status" aria-label={t("Loading")}>
      {Array.from({ length: rows }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: these rows are all alike and never move
        <Skeleton key={i} height={22} width={`${92 - ((i * 17) % 40)}%`} />
      ))}
    </Stack>
  );
}
