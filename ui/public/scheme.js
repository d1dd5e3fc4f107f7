// Sets light or dark before the first paint, so that a dark page does not flash white.
const chosen = localStorage.getItem("millrace.scheme") || "auto";
const isDark = chosen === "dark" || (chosen === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
document.documentElement.setAttribute("data-mantine-color-scheme", isDark ? "dark" : "light");
