/** Colours that eyes of all kinds tell apart (after Okabe and Ito), in the order of use: blue for cold, red for hot. */
export const SERIES_COLOURS = [
  "#0072b2",
  "#d55e00",
  "#009e73",
  "#cc79a7",
  "#e69f00",
  "#56b4e9",
  "#000000",
] as const;

/** Dashes that tell the same lines apart in grey. */
export const DASHES: readonly (readonly number[])[] = [
  [1, 0],
  [6, 2.5],
  [7, 2, 1.5, 2],
  [1.5, 1.8],
  [11, 3],
  [5, 2, 1.5, 2, 1.5, 2],
  [3, 3],
];

export const BOUND = { colour: "#555555", dash: [3, 2] } as const;
export const REST = "#d55e00";

export const SHAPES = ["circle", "square", "triangle-up", "diamond", "triangle-down", "cross"] as const;

/** A light ground for lines, and a fuller one for maps. */
export const REGIME_COLOURS: Readonly<Record<string, { readonly ground: string; readonly map: string }>> = {
  engine: { ground: "#fdebd9", map: "#f2b872" },
  refrigerator: { ground: "#dcecf8", map: "#8fc1e3" },
  accelerator: { ground: "#efefef", map: "#d3d3d3" },
  heater: { ground: "#fbe1e8", map: "#e59ab0" },
  equilibrium: { ground: "#ffffff", map: "#ffffff" },
  other: { ground: "#f3efdf", map: "#d9d0a8" },
};

const SEQUENCE = ["#440154", "#414487", "#2a788e", "#22a884", "#7ad151"] as const;

/** `count` colours from dark to light in the order of growing values. */
export function sequenceColours(count: number): string[] {
  return Array.from({ length: count }, (_, k) => {
    const place = count === 1 ? 0 : (k / (count - 1)) * (SEQUENCE.length - 1);
    const left = Math.min(Math.floor(place), SEQUENCE.length - 2);
    return mixed(SEQUENCE[left]!, SEQUENCE[left + 1]!, place - left);
  });
}

function mixed(a: string, b: string, t: number): string {
  const channel = (colour: string, k: number): number =>
    Number.parseInt(colour.slice(1 + 2 * k, 3 + 2 * k), 16);
  const hex = [0, 1, 2].map((k) => Math.round(channel(a, k) + t * (channel(b, k) - channel(a, k))));
  return `#${hex.map((h) => h.toString(16).padStart(2, "0")).join("")}`;
}
