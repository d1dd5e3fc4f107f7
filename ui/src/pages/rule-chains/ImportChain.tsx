import { Button, FileButton } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { post } from "../../api/http";
import type { Json, RuleChain } from "../../api/types";
import { notifyFailed } from "../../shell/notify";

/// Makes a chain of a file that Millrace or ThingsBoard exported, and opens it.
export function ImportChain() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const load = useMutation({
    mutationFn: async (file: File) =>
      post<RuleChain>("/api/ruleChain/import", parse(await file.text(), file.name)),
    onSuccess: async (chain) => {
      await queries.invalidateQueries({ queryKey: ["ruleChains"] });
      await navigate({ to: "/ruleChains/$ruleChainId", params: { ruleChainId: chain.id.id } });
    },
    onError: notifyFailed,
  });

  const parse = (text: string, name: string): Json => {
    try {
      return JSON.parse(text);
    } catch {
      throw new Error(t("{{name}} is not JSON. Choose a file that a rule chain's export wrote.", { name }));
    }
  };

  return (
    <FileButton accept="application/json,.json" onChange={(file) => file && load.mutate(file)}>
      {(button) => (
        <Button
          {...button}
          variant="default"
          loading={load.isPending}
          leftSection={<IconUpload size={18} aria-hidden />}
        >
          {t("Import a chain")}
        </Button>
      )}
    </FileButton>
  );
}
