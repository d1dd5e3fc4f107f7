/// Translation. English text lives where it is used and is itself the key; a file in ui/locales overlays
/// it for another language (English has one too, for plural forms only).
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import english from "../../locales/en.json";

/// A test language, right to left, that marks every translated text: what stands there unmarked was
/// forgotten. Chosen with localStorage["millrace.language"] = "ar-XB", never offered to people.
export const testLanguage = "ar-XB";

const languageKey = "millrace.language";
const overlays = import.meta.glob<{ default: Record<string, string> }>([
  "../../locales/*.json",
  "!../../locales/en.json",
]);

export const languages: Record<string, string> = { en: "English" };
for (const path of Object.keys(overlays)) {
  const code = localeOf(path);
  languages[code] = new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code;
}

export async function startText(): Promise<void> {
  await i18next
    .use(initReactI18next)
    .use({ type: "postProcessor", name: "marked", process: marked })
    .init({
      lng: "en",
      fallbackLng: "en",
      keySeparator: false,
      nsSeparator: false,
      postProcess: ["marked"],
      interpolation: { escapeValue: false },
      resources: { en: { translation: english } },
    });
  const chosen = localStorage.getItem(languageKey);
  if (chosen && (chosen in languages || chosen === testLanguage)) await setLanguage(chosen);
}

export async function setLanguage(code: string): Promise<void> {
  const overlay = Object.entries(overlays).find(([path]) => localeOf(path) === code)?.[1];
  if (overlay) i18next.addResourceBundle(code, "translation", (await overlay()).default);
  await i18next.changeLanguage(code);
  localStorage.setItem(languageKey, code);
  document.documentElement.lang = code;
  document.documentElement.dir = i18next.dir(code);
}

function marked(text: string): string {
  return i18next.language === testLanguage ? `⟦${text}⟧` : text;
}

function localeOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1, -".json".length);
}
