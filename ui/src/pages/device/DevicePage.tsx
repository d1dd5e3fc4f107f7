import { useTranslation } from "react-i18next";
import { Page } from "../Page";

export function DevicePage() {
  const { t } = useTranslation();
  return <Page title={t("Device")}>{null}</Page>;
}
