/** A line of a plot; points where y is not positive are left out on a logarithmic axis. */
export interface PlotLine {
  readonly name: string;
  readonly colour: string;
  readonly dash?: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Axis {
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly isLogarithmic: boolean;
  readonly ticks: readonly number[];
  readonly tickText?: (value: number) => string;
}

export interface Panel {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly lines: readonly PlotLine[];
}

const [WIDTH, HEIGHT, LEFT, TOP, GAP, BOTTOM] = [300, 230, 66, 34, 70, 52];

/** Panels side by side with one legend below; deterministic, and complete in itself. */
export function linePlot(panels: readonly Panel[], description: string): string {
  const width = LEFT + panels.length * (WIDTH + GAP) - GAP + 20;
  const names = panels[0]!.lines;
  const height = TOP + HEIGHT + BOTTOM + 24;
  const legend = names.map((line, k) => {
    const x = LEFT + k * 150;
    const y = height - 16;
    return `<path d="M${x} ${y - 4}h26" ${stroke(line)}/><text x="${x + 32}" y="${y}">${line.name}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="Helvetica, Arial, sans-serif" font-size="12" fill="#222">
<title>${description}</title>
<rect width="${width}" height="${height}" fill="#ffffff"/>
${panels.map((p, k) => panelSvg(p, LEFT + k * (WIDTH + GAP))).join("\n")}
${legend.join("\n")}
</svg>
`;
}

const stroke = ({ colour, dash }: PlotLine): string =>
  `fill="none" stroke="${colour}" stroke-width="1.8"${dash ? ` stroke-dasharray="${dash}"` : ""}`;

const fraction = ({ from, to, isLogarithmic }: Axis, value: number): number =>
  isLogarithmic ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);

const fixed = (x: number): string => String(Number(x.toFixed(1)));

function panelSvg({ title, x, y, lines }: Panel, left: number): string {
  const px = (value: number): number => left + WIDTH * fraction(x, value);
  const py = (value: number): number => TOP + HEIGHT * (1 - fraction(y, value));
  const text = (axis: Axis, value: number): string => axis.tickText?.(value) ?? String(value);
  const xTicks = x.ticks.map(
    (t) =>
      `<path d="M${fixed(px(t))} ${TOP}v${HEIGHT}" stroke="#e4e4e4"/><text x="${fixed(px(t))}" y="${TOP + HEIGHT + 16}" text-anchor="middle">${text(x, t)}</text>`,
  );
  const yTicks = y.ticks.map(
    (t) =>
      `<path d="M${left} ${fixed(py(t))}h${WIDTH}" stroke="#e4e4e4"/><text x="${left - 6}" y="${fixed(py(t) + 4)}" text-anchor="end">${text(y, t)}</text>`,
  );
  const paths = lines.map((line) => {
    const drawn = line.points.map(([u, v]) => ({
      at: `${fixed(px(u))} ${fixed(py(v))}`,
      isInside: v >= y.from && v <= y.to,
    }));
    // a line that leaves the panel ends there
    const d = drawn
      .map(({ at, isInside }, k) => (isInside ? `${drawn[k - 1]?.isInside ? "L" : "M"}${at}` : ""))
      .join("");
    return `<path d="${d}" ${stroke(line)}/>`;
  });
  return `<text x="${left + WIDTH / 2}" y="${TOP - 12}" text-anchor="middle" font-weight="bold">${title}</text>
${[...xTicks, ...yTicks].join("\n")}
<rect x="${left}" y="${TOP}" width="${WIDTH}" height="${HEIGHT}" fill="none" stroke="#666"/>
${paths.join("\n")}
<text x="${left + WIDTH / 2}" y="${TOP + HEIGHT + 36}" text-anchor="middle">${x.title}</text>
<text transform="translate(${left - 50} ${TOP + HEIGHT / 2}) rotate(-90)" text-anchor="middle">${y.title}</text>`;
}
