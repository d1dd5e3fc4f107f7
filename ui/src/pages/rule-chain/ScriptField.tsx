/// A script in the form, and as large as the window with a bench to try it on.
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Modal.css";
import { Button, Group, Input, Modal, Skeleton } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RecentMessage } from "../../api/types";
import { namesIn } from "./completions";
import { ScriptBench } from "./ScriptBench";
import classes from "./ScriptField.module.css";

const CodeEditor = lazy(() => import("../../text/CodeEditor"));

interface ScriptFieldProps {
  label: string;
  description?: string;
  script: string;
  scriptLang: "JS" | "TBEL";
  nodeType: string;
  messages: RecentMessage[];
  onChange: (script: string) => void;
}

export function ScriptField({
  label,
  description,
  script,
  scriptLang,
  nodeType,
  messages,
  onChange,
}: ScriptFieldProps) {
  const { t } = useTranslation();
  const [isLarge, setLarge] = useState(false);
  const editor = (minHeight: number) => (
    <Suspense fallback={<Skeleton height={minHeight} />}>
      <CodeEditor
        label={label}
        text={script}
        onChange={onChange}
        minHeight={minHeight}
        completions={namesIn(messages)}
      />
    </Suspense>
  );
  return (
    <Input.Wrapper label={label} description={description} labelElement="div">
      <div className={classes.frame}>{!isLarge && editor(120)}</div>
      <Button
        mt={6}
        size="xs"
        variant="default"
        leftSection={<IconPlayerPlay size={14} aria-hidden />}
        onClick={() => setLarge(true)}
      >
        {t("Enlarge and try")}
      </Button>
      <Modal
        opened={isLarge}
        onClose={() => setLarge(false)}
        title={label}
        size="min(1200px, 96vw)"
        closeButtonProps={{ "aria-label": t("Close") }}
      >
        <Group align="stretch" gap="md" className={classes.split}>
          <div className={classes.code}>{isLarge && editor(360)}</div>
          <ScriptBench script={script} scriptLang={scriptLang} nodeType={nodeType} messages={messages} />
        </Group>
      </Modal>
    </Input.Wrapper>
  );
}
