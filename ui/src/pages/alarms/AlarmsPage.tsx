import { useTranslation } from "react-i18next";
import { Page } from "../Page";

export function AlarmsPage() {
  const { t } = useTranslation();
  return <Page title={t("Alarms")}>{null}</Page>;
}
