import classes from "./ValueCard.module.css";

const width = 100;
const height = 30;

export function Sparkline({ values, label }: { values: number[]; label: string }) {
  const line = sparkPath(values);
  return (
    <svg className={classes.spark} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img">
      <title>{label}</title>
      <path className={classes.area} d={`${line}L${width} ${height}L0 ${height}Z`} />
      <path className={classes.line} d={line} />
    </svg>
  );
}

/// The values as a path over the whole width; a flat course lies in the middle.
export function sparkPath(values: number[]): string {
  const min = Math.min(...values);
  const span = Math.max(...values) - min;
  return values
    .map((value, i) => {
      const x = (i / (values.length - 1)) * width;
      const y = span === 0 ? height / 2 : height - 2 - ((value - min) / span) * (height - 4);
      return `${i === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join("");
}
