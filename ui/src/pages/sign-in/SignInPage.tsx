import "@mantine/core/styles/PasswordInput.css";
import { Alert, Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconDroplet } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, postPublic } from "../../api/http";
import { infoQuery } from "../../api/queries";
import { session, type Tokens } from "../../api/session";
import { Door } from "./Door";
import classes from "./Door.module.css";

interface Credentials {
  username: string;
  password: string;
}

export function SignInPage() {
  const { t } = useTranslation();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const signIn = useSignIn();
  const demoLogin = useQuery(infoQuery).data?.demoLogin;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ username: username.trim(), password });
  };

  return (
    <Door
      below={
        demoLogin && (
          <Alert icon={<IconDroplet />} title={t("This is a demo")} className={classes.demo}>
            <Stack gap="xs" align="flex-start">
              <Text size="sm">
                {t("Sign in as {{username}} with the password {{password}}.", { ...demoLogin })}
              </Text>
              <Button
                size="sm"
                variant="default"
                loading={signIn.isPending}
                onClick={() => signIn.mutate(demoLogin)}
              >
                {t("Sign in to the demo")}
              </Button>
            </Stack>
          </Alert>
        )
      }
    >
      <form onSubmit={submit} aria-label={t("Sign in")}>
        <Stack>
          <TextInput
            label={t("E-mail")}
            type="email"
            name="username"
            autoComplete="username"
            required
            autoFocus
            value={username}
            onChange={(event) => setUsername(event.currentTarget.value)}
          />
          <PasswordInput
            label={t("Password")}
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ "aria-label": t("Show the password") }}
          />
          {signIn.error && (
            <Alert color="red" icon={<IconAlertTriangle />} role="alert">
              {isRefused(signIn.error)
                ? t("E-mail and password do not match. Check both and try again.")
                : signIn.error.message}
            </Alert>
          )}
          <Button type="submit" loading={signIn.isPending}>
            {t("Sign in")}
          </Button>
        </Stack>
      </form>
    </Door>
  );
}

function useSignIn() {
  const router = useRouter();
  const { to } = useSearch({ from: "/login" });
  return useMutation({
    mutationFn: (credentials: Credentials) => postPublic<Tokens>("/api/auth/login", credentials),
    onSuccess: (tokens) => {
      session.start(tokens);
      router.history.replace(to ?? "/");
    },
  });
}

function isRefused(error: Error): boolean {
  return error instanceof ApiError && error.status === 401;
}
