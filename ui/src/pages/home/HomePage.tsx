import { useTranslation } from "react-i18next";
import { Page } from "../Page";

export function HomePage() {
  const { t } = useTranslation();
  return <Page title={t("Home")}>{null}</Page>;
}
