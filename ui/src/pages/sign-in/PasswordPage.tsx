/// Where a link leads with which somebody chooses a password: the first one, or a new one.
import { Alert, Anchor, Button, Stack } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link, useRouter, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { postPublic } from "../../api/http";
import { session, type Tokens } from "../../api/session";
import { Door } from "./Door";
import { NewPassword, useNewPassword } from "./NewPassword";

export function CreatePasswordPage() {
  const { t } = useTranslation();
  const { activateToken = "" } = useSearch({ from: "/login/createPassword" });
  return (
    <PasswordDoor
      title={t("Welcome")}
      hint={t("Choose the password of your account; then you are signed in.")}
      path="/api/noauth/activate"
      secret={{ activateToken }}
    />
  );
}

export function ResetPasswordPage() {
  const { t } = useTranslation();
  const { resetToken = "" } = useSearch({ from: "/login/resetPassword" });
  return (
    <PasswordDoor
      title={t("A new password")}
      hint={t("The old one is good until you save this one; then you are signed in.")}
      path="/api/noauth/resetPassword"
      secret={{ resetToken }}
    />
  );
}

interface PasswordDoorProps {
  title: string;
  hint: string;
  path: string;
  secret: Record<string, string>;
}

function PasswordDoor({ title, hint, path, secret }: PasswordDoorProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const [chosen, change] = useNewPassword();
  const save = useMutation({
    mutationFn: () => postPublic<Tokens>(path, { ...secret, password: chosen.password }),
    onSuccess: (tokens) => {
      session.start(tokens);
      router.history.replace("/");
    },
  });
  const hasSecret = Object.values(secret).every((value) => value !== "");
  return (
    <Door
      title={title}
      hint={hint}
      below={
        <Anchor component={Link} to="/login" size="sm" ta="center">
          {t("Back to signing in")}
        </Anchor>
      }
    >
      <form
        aria-label={title}
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen.isGood) save.mutate();
        }}
      >
        <Stack>
          {!hasSecret && (
            <Alert color="red" icon={<IconAlertTriangle />} role="alert">
              {t("This address is not complete. Open the link as you were given it, or ask for a new one.")}
            </Alert>
          )}
          <NewPassword chosen={chosen} change={change} />
          {save.error && (
            <Alert color="red" icon={<IconAlertTriangle />} role="alert">
              {save.error.message}
            </Alert>
          )}
          <Button type="submit" loading={save.isPending} disabled={!chosen.isGood || !hasSecret}>
            {t("Save and sign in")}
          </Button>
        </Stack>
      </form>
    </Door>
  );
}
