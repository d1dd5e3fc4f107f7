import { useTranslation } from "react-i18next";
import { Page } from "../Page";

export function RealtimePage() {
  const { t } = useTranslation();
  return <Page title={t("Realtime database")}>{null}</Page>;
}
