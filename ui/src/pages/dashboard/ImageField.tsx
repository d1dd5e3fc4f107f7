/// A picture that is kept within the dashboard itself, so that it goes wherever the dashboard goes.
import { Button, FileButton, Group, Input, Text } from "@mantine/core";
import { IconPhoto } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

interface ImageFieldProps {
  label: string;
  description?: string;
  value: string;
  onChange: (value: string) => void;
}

/// A dashboard is read as a whole: a larger picture would make each look at it slow.
const bytesMax = 512 * 1024;

export function ImageField({ label, description, value, onChange }: ImageFieldProps) {
  const { t } = useTranslation();
  const [mistake, setMistake] = useState<string | null>(null);
  const take = async (file: File | null) => {
    if (!file) return;
    if (file.size > bytesMax)
      return setMistake(
        t("This picture has {{size}} kB; at most {{most}} kB are kept. Make it smaller first.", {
          size: Math.ceil(file.size / 1024),
          most: bytesMax / 1024,
        }),
      );
    setMistake(null);
    onChange(await dataUrl(file));
  };
  return (
    <Input.Wrapper label={label} description={description} error={mistake}>
      <Group gap="xs" mt={4}>
        <FileButton
          accept="image/png,image/jpeg,image/webp,image/svg+xml"
          onChange={(file) => void take(file)}
        >
          {(button) => (
            <Button {...button} size="xs" variant="default" leftSection={<IconPhoto size={16} aria-hidden />}>
              {t("Choose a picture")}
            </Button>
          )}
        </FileButton>
        {value !== "" && (
          <Button size="xs" variant="default" onClick={() => onChange("")}>
            {t("Take it out")}
          </Button>
        )}
        {value !== "" && (
          <Text size="xs" className="faint">
            {t("{{size}} kB", { size: Math.ceil(value.length / 1024) })}
          </Text>
        )}
      </Group>
    </Input.Wrapper>
  );
}

function dataUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
