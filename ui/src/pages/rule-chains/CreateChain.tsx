/// A new, empty chain, opened at once.
import "@mantine/core/styles/Popover.css";
import { Alert, Button, Popover, Stack, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { post } from "../../api/http";
import type { RuleChain } from "../../api/types";

export function CreateChain() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const create = useMutation({
    mutationFn: () => post<RuleChain>("/api/ruleChain", { name: name.trim(), type: "CORE" }),
    onSuccess: async (chain) => {
      await queries.invalidateQueries({ queryKey: ["ruleChains"] });
      await navigate({ to: "/ruleChains/$ruleChainId", params: { ruleChainId: chain.id.id } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== "") create.mutate();
  };
  return (
    <Popover trapFocus position="bottom-end" width={300} withArrow>
      <Popover.Target>
        <Button leftSection={<IconPlus size={18} aria-hidden />}>{t("New chain")}</Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("New chain")}>
        <form onSubmit={submit}>
          <Stack gap="sm">
            <TextInput
              label={t("Name")}
              data-autofocus
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            {create.error && (
              <Alert color="red" role="alert">
                {create.error.message}
              </Alert>
            )}
            <Button type="submit" loading={create.isPending} disabled={name.trim() === ""}>
              {t("Create")}
            </Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
