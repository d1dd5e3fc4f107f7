import { Card, Group, NativeSelect, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { infoQuery } from "../../api/queries";
import { useLatest } from "../../live";
import { CopyButton } from "../../text/CopyButton";
import { addressesOf } from "./addresses";
import classes from "./ConnectTab.module.css";

/// All addresses of one of the device's values, ready to copy.
export function AddressesCard({ deviceId }: { deviceId: string }) {
  const { t } = useTranslation();
  const keys = [...(useLatest(deviceId)?.keys() ?? [])].sort((a, b) => a.localeCompare(b));
  const [chosen, setChosen] = useState("");
  const mqttPort = useQuery(infoQuery).data?.mqtt?.port ?? 1883;
  const key = keys.includes(chosen) ? chosen : keys[0];
  if (key === undefined) return null;
  const { origin, hostname: host } = location;
  return (
    <Card withBorder padding="md">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          {t("All addresses of a value")}
        </Title>
        <NativeSelect
          size="xs"
          aria-label={t("Key")}
          data={keys}
          value={key}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
      </Group>
      <dl className={classes.addresses}>
        {addressesOf({ origin, host, mqttPort, deviceId, key }).map(({ title, text }) => (
          <div key={title}>
            <Text component="dt" size="sm" className="faint">
              {t(title)}
            </Text>
            <dd>
              <code className={classes.address}>{text}</code>
              <CopyButton text={text} />
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
