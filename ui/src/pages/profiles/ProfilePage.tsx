import { Anchor, Button, Group, NativeSelect, Skeleton, Stack, TextInput } from "@mantine/core";
import { IconStar, IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { post, remove } from "../../api/http";
import { ruleChainsQuery } from "../../api/queries";
import type { DeviceProfile } from "../../api/types";
import { notifyDone, notifyFailed } from "../../shell/notify";
import { Failure } from "../../shell/PageState";
import { Part } from "../../shell/Part";
import { FieldsPart } from "../calculated-fields/FieldsPart";
import { Page } from "../Page";
import { AlarmRulesPart } from "./AlarmRulesPart";
import { KindsPart } from "./KindsPart";
import { profileQuery, useSaveProfile } from "./profiles";

export function ProfilePage() {
  const { t } = useTranslation();
  const { profileId } = useParams({ from: "/inside/profiles/$profileId" });
  const { data, error, refetch } = useQuery(profileQuery(profileId));
  return (
    <Page
      title={data?.name ?? t("Device profile")}
      hint={data?.description}
      trail={
        <Anchor component={Link} to="/profiles" size="sm">
          {t("Device profiles")}
        </Anchor>
      }
      actions={data && <ProfileActions profile={data} />}
    >
      {error && <Failure error={error} onRetry={refetch} />}
      {!data && !error && <Skeleton height={360} />}
      {data && (
        <>
          <Basics key={data.version} profile={data} />
          <KindsPart key={`kinds ${data.version}`} profile={data} />
          <AlarmRulesPart profile={data} />
          <FieldsPart entity={{ entityType: "DEVICE_PROFILE", id: data.id.id }} />
        </>
      )}
    </Page>
  );
}

function ProfileActions({ profile }: { profile: DeviceProfile }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  if (profile.default) return null;
  const promote = async () => {
    await post(`/api/deviceProfile/${profile.id.id}/default`);
    await queries.invalidateQueries({ queryKey: ["profiles"] });
    await notifyDone(t("New devices that name no profile get this one."));
  };
  const erase = async () => {
    await remove(`/api/deviceProfile/${profile.id.id}`);
    await queries.invalidateQueries({ queryKey: ["profiles"], refetchType: "none" });
    await navigate({ to: "/profiles" });
    await notifyDone(t("{{name}} is deleted.", { name: profile.name }));
  };
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconStar size={18} aria-hidden />}
        onClick={() => void promote().catch(notifyFailed)}
      >
        {t("Make it the default")}
      </Button>
      <Button
        variant="default"
        leftSection={<IconTrash size={18} aria-hidden />}
        onClick={() => void erase().catch(notifyFailed)}
      >
        {t("Delete")}
      </Button>
    </>
  );
}

function Basics({ profile }: { profile: DeviceProfile }) {
  const { t } = useTranslation();
  const chains = useQuery(ruleChainsQuery).data?.data ?? [];
  const [form, setForm] = useState({
    name: profile.name,
    description: profile.description ?? "",
    chain: profile.defaultRuleChainId?.id ?? "",
  });
  const save = useSaveProfile(() => void notifyDone(t("Saved.")));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({
      ...profile,
      name: form.name.trim(),
      description: form.description,
      defaultRuleChainId: form.chain === "" ? null : { entityType: "RULE_CHAIN", id: form.chain },
    });
  };
  const field = (name: keyof typeof form) => ({
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setForm((old) => ({ ...old, [name]: value }));
    },
  });
  return (
    <Part title={t("Profile")}>
      <form onSubmit={submit}>
        <Stack>
          <Group grow align="flex-start">
            <TextInput label={t("Name")} required maxLength={255} {...field("name")} />
            <NativeSelect
              label={t("Rule chain")}
              data={[
                { value: "", label: t("The root chain") },
                ...chains.map(({ id, name }) => ({ value: id.id, label: name })),
              ]}
              {...field("chain")}
            />
          </Group>
          <TextInput label={t("Description")} {...field("description")} />
          {save.error && <Failure error={save.error} />}
          <Group>
            <Button type="submit" loading={save.isPending} disabled={form.name.trim() === ""}>
              {t("Save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Part>
  );
}
