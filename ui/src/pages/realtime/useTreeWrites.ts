import { useTranslation } from "react-i18next";
import { deleteValue, pathUrl, writeValue } from "../../api/realtime";
import type { Json } from "../../api/types";
import { notifyDone, notifyFailed } from "../../shell/notify";
import { childPath, type TreeRow } from "./tree";

/// Writes by REST; the event stream then shows the result, as it does for everybody else's writes.
export function useTreeWrites(origin: string, database: string, base: string) {
  const { t } = useTranslation();
  const url = (path: string) => pathUrl(origin, database, `${base}/${path}`);

  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (failure) {
      await notifyFailed(failure);
      return false;
    }
  };
  const drop = ({ path, key, value }: TreeRow) =>
    attempt(async () => {
      await deleteValue(url(path));
      await notifyDone(t("{{key}} is deleted.", { key }), () => writeValue(url(path), value));
    });
  return {
    save: ({ path }: TreeRow, value: Json) => attempt(() => writeValue(url(path), value)),
    add: (path: string, key: string, value: Json) =>
      attempt(() => writeValue(url(childPath(path, key)), value)),
    drop,
  };
}
