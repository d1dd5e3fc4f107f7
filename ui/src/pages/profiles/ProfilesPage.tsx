/// What devices have in common: their rule chain, what their keys mean, and their alarm rules.
import { Badge, Button, Card, Group, Text, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DeviceProfile } from "../../api/types";
import { FormDialog } from "../../shell/FormDialog";
import { Failure, RowsLoading } from "../../shell/PageState";
import { type Column, VirtualTable } from "../../shell/VirtualTable";
import { Time } from "../../text/Time";
import { Page } from "../Page";
import { profilesQuery, useSaveProfile } from "./profiles";

export function ProfilesPage() {
  const { t } = useTranslation();
  const [isCreating, create] = useState(false);
  const { data, error, refetch } = useQuery(profilesQuery);
  const columns = useColumns();
  return (
    <Page
      title={t("Device profiles")}
      hint={t("What devices have in common: rule chain, kinds of values, alarm rules.")}
      actions={
        <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => create(true)}>
          {t("Create a profile")}
        </Button>
      }
    >
      {error && <Failure error={error} onRetry={refetch} />}
      <Card withBorder padding={0}>
        {!data && !error && <RowsLoading />}
        {data && (
          <VirtualTable
            label={t("Device profiles")}
            rows={data.data}
            rowCount={data.totalElements}
            rowKey={(profile) => profile.id.id}
            columns={columns}
            link={(profile) => ({ to: "/profiles/$profileId", params: { profileId: profile.id.id } })}
          />
        )}
      </Card>
      {isCreating && <CreateProfile onClose={() => create(false)} />}
    </Page>
  );
}

function useColumns(): Column<DeviceProfile>[] {
  const { t } = useTranslation();
  return [
    {
      title: t("Name"),
      width: "minmax(180px, 2fr)",
      cell: (profile) => (
        <Group gap="xs" wrap="nowrap">
          <Text fw={550} truncate>
            {profile.name}
          </Text>
          {profile.default && (
            <Badge variant="light" tt="none">
              {t("Default")}
            </Badge>
          )}
        </Group>
      ),
    },
    {
      title: t("Description"),
      width: "minmax(120px, 3fr)",
      isOptional: true,
      cell: (profile) => profile.description,
    },
    {
      title: t("Alarm rules"),
      width: "110px",
      cell: ({ profileData: { alarms } }) =>
        Array.isArray(alarms) && alarms.length > 0 ? alarms.length : "",
    },
    {
      title: t("Created"),
      width: "150px",
      isOptional: true,
      cell: (profile) => <Time at={profile.createdTime} />,
    },
  ];
}

function CreateProfile({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const save = useSaveProfile(
    ({ id }) => void navigate({ to: "/profiles/$profileId", params: { profileId: id.id } }),
  );
  return (
    <FormDialog
      title={t("Create a profile")}
      onClose={onClose}
      onSubmit={() => save.mutate({ name: name.trim(), type: "DEFAULT" })}
      isComplete={name.trim() !== ""}
      saving={save}
      submitLabel={t("Create")}
    >
      <TextInput
        label={t("Name")}
        required
        data-autofocus
        maxLength={255}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
