/// One part of the system page, and one line of figures in it.
import { Card, Group, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h5" mb="sm">
        {title}
      </Title>
      {children}
    </Card>
  );
}

export function Figure({ name, value }: { name: string; value: string }) {
  return (
    <Group justify="space-between">
      <Text size="sm">{name}</Text>
      <Text size="sm" fw={600} className="numbers">
        {value}
      </Text>
    </Group>
  );
}
