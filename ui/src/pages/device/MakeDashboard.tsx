/// One click, and the device has a dashboard of what it sends.
import { Button } from "@mantine/core";
import { IconLayoutDashboard } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Device } from "../../api/types";
import { dashboardOf } from "../../dashboards/make";
import { useSaveDashboard } from "../../dashboards/queries";
import { useLatest } from "../../live";
import { notifyFailed } from "../../shell/notify";

export function MakeDashboard({ device }: { device: Device }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const latest = useLatest(device.id.id);
  const make = useSaveDashboard(({ id }) => {
    if (id) void navigate({ to: "/dashboards/$dashboardId", params: { dashboardId: id.id } });
  });
  return (
    <Button
      variant="default"
      leftSection={<IconLayoutDashboard size={18} aria-hidden />}
      loading={make.isPending}
      disabled={!latest}
      onClick={() => make.mutate(dashboardOf(device, latest ?? new Map()), { onError: notifyFailed })}
    >
      {t("Make a dashboard")}
    </Button>
  );
}
