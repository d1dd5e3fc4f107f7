import { useTranslation } from "react-i18next";
import { Page } from "../Page";

export function RuleChainPage() {
  const { t } = useTranslation();
  return <Page title={t("Rule chain")}>{null}</Page>;
}
