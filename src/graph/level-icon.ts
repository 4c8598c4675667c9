import type { LevelPicture } from "./model-graph.ts";

/** More levels than these are drawn as so many. */
const MAX_DRAWN = 5;

/** The path of a small sign, `size` wide and high, for the levels of a kind. */
export function iconPath(levels: LevelPicture, size: number): string {
  switch (levels.kind) {
    case "finite":
      return bars(Math.min(levels.count, MAX_DRAWN), size);
    case "ladder":
      return well(size);
    case "circle":
      return turning(size);
  }
}

/** Levels above each other. */
function bars(count: number, size: number): string {
  const spacing = Math.min(size / 2, size / count);
  const top = (size - (count - 1) * spacing) / 2;
  return Array.from({ length: count }, (_, k) => `M2 ${round(top + k * spacing)}H${round(size - 2)}`).join(
    "",
  );
}

/** A parabola with equidistant levels. */
function well(size: number): string {
  const parabola = `M1 1Q${round(size / 2)} ${round(2 * size - 3)} ${round(size - 1)} 1`;
  const half = (depth: number): number => (size / 2 - 1) * Math.sqrt(1 - depth);
  const levels = [0.25, 0.5, 0.75].map((depth) => {
    const y = round(1 + (size - 2) * depth);
    return `M${round(size / 2 - half(depth))} ${y}H${round(size / 2 + half(depth))}`;
  });
  return parabola + levels.join("");
}

/** A disc with a hand. */
function turning(size: number): string {
  const middle = size / 2;
  const radius = size / 2 - 1.5;
  const arc = `a${radius} ${radius} 0 1 1`;
  const circle = `M${middle} ${middle - radius}${arc} 0 ${2 * radius}${arc} 0 ${-2 * radius}`;
  return `${circle}M${middle} ${middle}L${round(middle + 0.7 * radius)} ${round(middle - 0.7 * radius)}`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
