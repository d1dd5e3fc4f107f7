import { useTranslation } from "react-i18next";
import { Page } from "../Page";

export function DatabasePage() {
  const { t } = useTranslation();
  return <Page title={t("Database")}>{null}</Page>;
}
