/// The very first visit: choosing who administers this Millrace.
import { Alert, Anchor, Button, Stack, Text, TextInput } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link, useRouter, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { postPublic } from "../../api/http";
import { session, type Tokens } from "../../api/session";
import { queryClient } from "../../queryClient";
import { Door } from "./Door";
import { NewPassword, useNewPassword } from "./NewPassword";

export function SetUpPage() {
  const { t } = useTranslation();
  const router = useRouter();
  const { token: given = "" } = useSearch({ from: "/setup" });
  const [token, setToken] = useState(given);
  const [email, setEmail] = useState("");
  const [chosen, change] = useNewPassword();
  const save = useMutation({
    mutationFn: () =>
      postPublic<Tokens>("/api/noauth/setup", {
        token: token.trim(),
        email: email.trim(),
        password: chosen.password,
      }),
    onSuccess: (tokens) => {
      queryClient.clear();
      session.start(tokens);
      router.history.replace("/start");
    },
  });
  const isComplete = token.trim() !== "" && email.includes("@") && chosen.isGood;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isComplete) save.mutate();
  };
  return (
    <Door
      title={t("Create the administrator")}
      hint={t("The account that sees and changes everything here. You can add others later.")}
      below={
        <Anchor component={Link} to="/login?stay=true" size="sm" ta="center">
          {t("I have a password: sign in")}
        </Anchor>
      }
    >
      <form onSubmit={submit} aria-label={t("Create the administrator")}>
        <Stack>
          <TextInput
            label={t("Set-up token")}
            description={t("Printed where Millrace was started; it proves that this machine is yours.")}
            required
            autoComplete="off"
            value={token}
            onChange={(event) => setToken(event.currentTarget.value)}
          />
          <TextInput
            label={t("E-mail")}
            type="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <NewPassword chosen={chosen} change={change} />
          {save.error && (
            <Alert color="red" icon={<IconAlertTriangle />} role="alert">
              {save.error.message}
            </Alert>
          )}
          <Button type="submit" loading={save.isPending} disabled={!isComplete}>
            {t("Create it and go on")}
          </Button>
          <Text size="xs" className="faint">
            {t("Nothing leaves this machine: no account elsewhere, no registration.")}
          </Text>
        </Stack>
      </form>
    </Door>
  );
}
