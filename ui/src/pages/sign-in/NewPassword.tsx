/// A password to be chosen, twice, and whether both are the same.
import "@mantine/core/styles/PasswordInput.css";
import { PasswordInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

interface Chosen {
  password: string;
  repeated: string;
  isGood: boolean;
}

/// As the server's own default; it says so itself where more is asked for.
const shortest = 6;

export function useNewPassword(): [Chosen, (part: Partial<Chosen>) => void] {
  const [{ password, repeated }, set] = useState({ password: "", repeated: "" });
  const isGood = password.length >= shortest && password === repeated;
  return [{ password, repeated, isGood }, (part) => set((old) => ({ ...old, ...part }))];
}

interface NewPasswordProps {
  chosen: Chosen;
  change: (part: Partial<Chosen>) => void;
}

export function NewPassword({ chosen: { password, repeated }, change }: NewPasswordProps) {
  const { t } = useTranslation();
  const toggle = { "aria-label": t("Show the password") };
  return (
    <>
      <PasswordInput
        label={t("New password")}
        description={t("At least {{shortest}} characters.", { shortest })}
        autoComplete="new-password"
        required
        value={password}
        onChange={(event) => change({ password: event.currentTarget.value })}
        visibilityToggleButtonProps={toggle}
      />
      <PasswordInput
        label={t("The same again")}
        autoComplete="new-password"
        required
        value={repeated}
        error={repeated !== "" && repeated !== password && t("The two are not the same.")}
        onChange={(event) => change({ repeated: event.currentTarget.value })}
        visibilityToggleButtonProps={toggle}
      />
    </>
  );
}
