/// The frame of the pages before the house: signing in, the first administrator, a new password.
import { Card, Center, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./Door.module.css";

interface DoorProps {
  /// Says what this door is for, where it is not the usual one.
  title?: string;
  hint?: string;
  below?: ReactNode;
  children: ReactNode;
}

export function Door({ title, hint, below, children }: DoorProps) {
  return (
    <Center component="main" mih="100vh" p="md" className={classes.page}>
      <Stack w="100%" maw={400} gap="lg">
        <Group gap="sm" justify="center">
          <img src="/icon.svg" width={44} height={44} alt="" />
          <Title order={1}>Millrace</Title>
        </Group>
        <Card withBorder padding="lg" shadow="sm">
          {title && (
            <Title order={2} size="h4" mb={4}>
              {title}
            </Title>
          )}
          {hint && (
            <Text size="sm" mb="md" className="faint">
              {hint}
            </Text>
          )}
          {children}
        </Card>
        {below}
      </Stack>
    </Center>
  );
}
