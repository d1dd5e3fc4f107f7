import { useTranslation } from "react-i18next";
import { Page } from "../Page";

export function RuleChainsPage() {
  const { t } = useTranslation();
  return <Page title={t("Rule chains")}>{null}</Page>;
}
