/// Makes a chain of a file or a pasted text that Millrace or ThingsBoard exported, and opens it.
import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Modal.css";
import { Alert, Button, FileButton, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAlertTriangle, IconUpload } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { post } from "../../api/http";
import type { Json, RuleChain } from "../../api/types";

export function ImportChain() {
  const { t } = useTranslation();
  const [isOpen, dialog] = useDisclosure();
  return (
    <>
      <Button variant="default" leftSection={<IconUpload size={18} aria-hidden />} onClick={dialog.open}>
        {t("Import a chain")}
      </Button>
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        title={t("Import a chain")}
        closeButtonProps={{ "aria-label": t("Close") }}
      >
        {isOpen && <ImportForm />}
      </Modal>
    </>
  );
}

function ImportForm() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [pasted, setPasted] = useState("");
  const load = useMutation({
    mutationFn: async (text: string) => post<RuleChain>("/api/ruleChain/import", parse(text)),
    onSuccess: async (chain) => {
      await queries.invalidateQueries({ queryKey: ["ruleChains"] });
      await navigate({ to: "/ruleChains/$ruleChainId", params: { ruleChainId: chain.id.id } });
    },
  });
  const parse = (text: string): Json => {
    try {
      return JSON.parse(text);
    } catch {
      throw new Error(t("This is not JSON. Choose a file, or paste the text, that a chain's export wrote."));
    }
  };
  return (
    <Stack>
      <Group>
        <FileButton
          accept="application/json,.json"
          onChange={(file) => void file?.text().then((text) => load.mutate(text))}
        >
          {(button) => (
            <Button {...button} loading={load.isPending} leftSection={<IconUpload size={18} aria-hidden />}>
              {t("Choose a file")}
            </Button>
          )}
        </FileButton>
      </Group>
      <Textarea
        label={t("Or paste an export")}
        rows={8}
        spellCheck={false}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 12.5 } }}
        value={pasted}
        onChange={(event) => setPasted(event.currentTarget.value)}
      />
      {load.error && (
        <Alert color="red" icon={<IconAlertTriangle />} role="alert">
          {load.error.message}
        </Alert>
      )}
      <Group justify="flex-end">
        <Button
          variant="default"
          disabled={pasted.trim() === ""}
          loading={load.isPending}
          onClick={() => load.mutate(pasted)}
        >
          {t("Import the text")}
        </Button>
      </Group>
    </Stack>
  );
}
