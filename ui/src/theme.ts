import { createTheme, type MantineColorsTuple } from "@mantine/core";

/// Mill water: the one accent. Shade 8 on white and shade 3 on the dark ground both pass WCAG AA for text.
const river: MantineColorsTuple = [
  "#e6f7f9",
  "#d0ecf0",
  "#a1d9e1",
  "#6fc5d1",
  "#47b3c3",
  "#2ba4b6",
  "#1592a5",
  "#0b7c8d",
  "#096776",
  "#04525f",
];

/// Cooler than Mantine's greys, so that surfaces and accent belong together.
const dark: MantineColorsTuple = [
  "#d5dde1",
  "#b3bfc5",
  "#93a1a9",
  "#66757d",
  "#3a474e",
  "#2d383e",
  "#222b30",
  "#191f23",
  "#14191c",
  "#0e1214",
];

export const theme = createTheme({
  colors: { river, dark },
  primaryColor: "river",
  primaryShade: { light: 8, dark: 8 },
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace',
  defaultRadius: "md",
  cursorType: "pointer",
  headings: { fontWeight: "650" },
  components: {
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
    Skeleton: { defaultProps: { radius: "sm" } },
  },
});
