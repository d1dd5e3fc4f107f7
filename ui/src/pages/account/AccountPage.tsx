/// The caller's own account: name, password, keys.
import { Alert, Button, Group, SimpleGrid, Skeleton, Stack, Text, TextInput } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { get, post } from "../../api/http";
import { session, type Tokens } from "../../api/session";
import { notifyDone } from "../../shell/notify";
import { Failure } from "../../shell/PageState";
import { Part } from "../../shell/Part";
import { Page } from "../Page";
import { NewPassword, useNewPassword } from "../sign-in/NewPassword";
import { KeysOf } from "../users/ApiKeys";
import { roleHints, type User, whatTheyAre } from "../users/people";

const selfQuery = { queryKey: ["users", "self"], queryFn: () => get<User>("/api/auth/user") };

export function AccountPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(selfQuery);
  return (
    <Page title={t("My account")} hint={data?.email}>
      {error && <Failure error={error} onRetry={refetch} />}
      {!data && !error && <Skeleton height={240} />}
      {data && (
        <>
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            <Names user={data} />
            <Password />
          </SimpleGrid>
          <Part title={t("API keys")}>
            <KeysOf userId={data.id.id} />
          </Part>
        </>
      )}
    </Page>
  );
}

function Names({ user }: { user: User }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [names, setNames] = useState({ firstName: user.firstName ?? "", lastName: user.lastName ?? "" });
  const save = useMutation({
    mutationFn: () => post<User>("/api/user?sendActivationMail=false", { ...user, ...names }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["users"] });
      await notifyDone(t("Saved."));
    },
  });
  return (
    <Part title={t("Name")} hint={`${t(whatTheyAre(user))}: ${t(roleHints[user.role])}`}>
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack>
          {(["firstName", "lastName"] as const).map((name) => (
            <TextInput
              key={name}
              label={name === "firstName" ? t("First name") : t("Last name")}
              value={names[name]}
              onChange={(event) => {
                const { value } = event.currentTarget;
                setNames((old) => ({ ...old, [name]: value }));
              }}
            />
          ))}
          {save.error && <Wrong error={save.error} />}
          <Group>
            <Button type="submit" loading={save.isPending}>
              {t("Save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Part>
  );
}

function Password() {
  const { t } = useTranslation();
  const [currentPassword, setCurrent] = useState("");
  const [chosen, change] = useNewPassword();
  const save = useMutation({
    mutationFn: () =>
      post<Tokens>("/api/auth/changePassword", { currentPassword, newPassword: chosen.password }),
    onSuccess: async (tokens) => {
      session.start(tokens);
      setCurrent("");
      change({ password: "", repeated: "" });
      await notifyDone(t("The password is changed; other sessions of yours are over."));
    },
  });
  const isComplete = currentPassword !== "" && chosen.isGood;
  return (
    <Part title={t("Password")}>
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (isComplete) save.mutate();
        }}
      >
        <Stack>
          <TextInput
            type="password"
            label={t("The one until now")}
            autoComplete="current-password"
            required
            value={currentPassword}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
          <NewPassword chosen={chosen} change={change} />
          {save.error && <Wrong error={save.error} />}
          <Group>
            <Button type="submit" loading={save.isPending} disabled={!isComplete}>
              {t("Change the password")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Part>
  );
}

function Wrong({ error }: { error: Error }) {
  return (
    <Alert color="red" icon={<IconAlertTriangle />} role="alert">
      <Text size="sm">{error.message}</Text>
    </Alert>
  );
}
