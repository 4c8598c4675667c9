/** An integral with the difference of two rules as its error estimate. */
export interface Quadrature {
  readonly value: number;
  readonly error: number;
  /** ∫|f|, against which round-off is measured. */
  readonly size: number;
  readonly isConverged: boolean;
}

/** Positive nodes of the 15-point rule of Kronrod, outermost first; every second one is a node of Gauss's 7-point rule. */
const NODES = [
  0.9914553711208126, 0.9491079123427585, 0.8648644233597691, 0.7415311855993945, 0.5860872354676911,
  0.4058451513773972, 0.20778495500789848,
];

const KRONROD_WEIGHTS = [
  0.022935322010529224, 0.06309209262997856, 0.10479001032225019, 0.14065325971552592, 0.1690047266392679,
  0.19035057806478542, 0.20443294007529889,
];
const KRONROD_CENTRE = 0.20948214108472782;

/** Of the nodes 1, 3, 5 and the centre. */
const GAUSS_WEIGHTS = [0.1294849661688697, 0.27970539148927664, 0.3818300505051189];
const GAUSS_CENTRE = 0.4179591836734694;

interface Panel {
  readonly from: number;
  readonly to: number;
  readonly value: number;
  readonly error: number;
  readonly size: number;
}

/** Panels beyond which an integral counts as not convergent. */
const MAX_PANELS = 5000;

/**
 * ∫f between the first and the last of ascending points, by Gauss and Kronrod's pair of 7 and 15 nodes on the panels
 * between them (Kronrod, Nodes and Weights of Quadrature Formulas, 1965); panels are halved until the sum of their errors
 * is below `tolerance` times ∫|f|, or times `least` where that is larger.
 */
export function adaptiveQuadrature(
  f: (x: number) => number,
  points: readonly number[],
  tolerance: number,
  least = 0,
): Quadrature {
  // panels that cannot be halved in doubles keep their errors
  const narrowest = 2 ** -50 * (points.at(-1)! - points[0]!);
  const done: Panel[] = [];
  let open = points.slice(1).map((to, k) => panelOf(f, points[k]!, to));
  let count = open.length;
  for (;;) {
    const all = [...done, ...open];
    const size = total(all, (p) => p.size);
    const error = total(all, (p) => p.error);
    const allowed = tolerance * Math.max(size, least);
    const isConverged = error <= allowed;
    if (isConverged || count >= MAX_PANELS || open.length === 0) {
      return { value: total(all, (p) => p.value), error, size, isConverged };
    }
    const share = allowed / (2 * all.length);
    const next: Panel[] = [];
    for (const panel of open) {
      const middle = (panel.from + panel.to) / 2;
      if (panel.error <= share || panel.to - panel.from <= narrowest) {
        done.push(panel);
        continue;
      }
      next.push(panelOf(f, panel.from, middle), panelOf(f, middle, panel.to));
      count++;
    }
    open = next;
  }
}

const total = (panels: readonly Panel[], of: (p: Panel) => number): number =>
  panels.reduce((sum, p) => sum + of(p), 0);

function panelOf(f: (x: number) => number, from: number, to: number): Panel {
  const [centre, half] = [(from + to) / 2, (to - from) / 2];
  const middle = f(centre);
  let kronrod = KRONROD_CENTRE * middle;
  let gauss = GAUSS_CENTRE * middle;
  let size = KRONROD_CENTRE * Math.abs(middle);
  for (const [k, node] of NODES.entries()) {
    const [left, right] = [f(centre - half * node), f(centre + half * node)];
    const weight = KRONROD_WEIGHTS[k]!;
    kronrod += weight * (left + right);
    size += weight * (Math.abs(left) + Math.abs(right));
    if (k % 2 === 1) gauss += GAUSS_WEIGHTS[(k - 1) / 2]! * (left + right);
  }
  return {
    from,
    to,
    value: half * kronrod,
    error: half * Math.abs(kronrod - gauss),
    size: half * size,
  };
}
