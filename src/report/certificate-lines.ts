import { type Line, type Page, renderLines } from "./lines.ts";
import { numberText } from "./number-text.ts";
import type {
  CertificateReport,
  ClusterReport,
  CollisionReport,
  WiderReport,
  WindowReport,
} from "./results.ts";

/** What vouches for the state, as a compact block. */
export function certificateLines(certificate: CertificateReport, page: Page): string[] {
  const { residual, traceError, smallestEigenvalue, conditionEstimate } = certificate;
  const windows = Object.entries(certificate.windows).map(([name, window]) =>
    remark(`levels of ${name}`, windowText(window)),
  );
  const lines = [
    remark("residual", `${rough(residual)}, trace off by ${rough(traceError)}`),
    remark("smallest eigenvalue", rough(smallestEigenvalue)),
    remark("kernel", `${kernelText(certificate)}, condition ${rough(conditionEstimate)}`),
    ...windows,
    ...(certificate.wider ? [remark("wider windows", widerText(certificate.wider))] : []),
    remark("unknowns", `${certificate.sectorSize} real ones out of ${certificate.fullSize}`),
    ...(certificate.frame ? [remark("frame", frameRemark(certificate.frame))] : []),
    ...(certificate.levels ? [remark("levels", levelText(certificate))] : []),
    ...(certificate.clusters ? [remark("frequencies", clusterText(certificate.clusters))] : []),
    ...(certificate.collision ? [remark("ancillas", ancillaText(certificate.collision))] : []),
    remark("solver", certificate.solver),
    ...noiseLines(certificate),
  ];
  return [page.palette.strong("Certificate"), ...renderLines(lines, page)];
}

/** States and means are those of e^{iGt}ρe^{−iGt}. */
export const frameRemark = (frame: string): string =>
  `the state and all means are those in the rotating frame of G = ${frame}; energies, heats and powers are the laboratory's`;

/** The least certain noise, and those that depend on how jumps are counted. */
function noiseLines({ noise: noises = [], levels: eigenstates, windows }: CertificateReport): Line[] {
  if (noises.length === 0) return [];
  const uncertainty = Math.max(...noises.map((n) => n.uncertainty));
  const wider = noises.flatMap((n) => n.wider ?? []);
  const levels = Math.max(...wider.map((w) => w.levels));
  const change = Math.max(...wider.map((w) => w.change));
  const isOpen = eigenstates?.isCutoff && Object.values(windows).some((w) => w.isAutomatic);
  const settled =
    wider.length > 0
      ? `; ${levels} levels more change none by more than ${rough(change)}`
      : isOpen
        ? "; not compared with wider windows, in which a cutoff would be another: state it as a number for that"
        : "";
  const symmetrised = [...new Set(noises.filter((n) => n.isSymmetrised).map((n) => n.bath))].join(", ");
  return [
    remark("noise", `round-off below ${rough(uncertainty)}${settled}`),
    ...(symmetrised === ""
      ? []
      : [
          remark(
            "symmetrised noise",
            `of ${symmetrised}: a jump there does not change the energy by one amount, and what is counted is O(ξ) = e^{iξK/2} O e^{−iξK/2}`,
          ),
        ]),
  ];
}

const remark = (label: string, text: string): Line => ({ kind: "text", label, text });

/** Uniqueness is claimed for what was looked at: all states, or those that the sector of the diagonal holds. */
function kernelText({ kernelDimension, wholeKernelDimension }: CertificateReport): string {
  if (wholeKernelDimension === null) return `dimension ${kernelDimension} within these unknowns`;
  if (wholeKernelDimension === kernelDimension) return `dimension ${kernelDimension}`;
  return `dimension ${kernelDimension} within these unknowns, ${wholeKernelDimension} of the whole Liouvillian`;
}

const widerText = ({ levels, change, most }: WiderReport): string =>
  `${levels} levels more change no flow and no moment by more than ${rough(change)}${most ? `; of what is reported ${most.quantity} changes the most, by ${rough(most.relative)}` : ""}`;

const rough = (x: number): string => numberText(x, 2);

function levelText({ levels, windows }: CertificateReport): string {
  const { count, relativeTolerance, largestFrequency, isCutoff } = levels!;
  const text = `${count}, equal within ${rough(relativeTolerance)} of the largest Bohr frequency, ${numberText(largestFrequency, 5)}`;
  if (!isCutoff) return text;
  const isTruncated = Object.keys(windows).length > 0;
  return `${text}, which a cutoff is made of${isTruncated ? ": it depends on the windows" : ""}`;
}

const clusterText = ({ clusters, linewidths, largestShift, shiftOverTemperature }: ClusterReport): string =>
  `${clusters} clusters, joined within ${linewidths} ${linewidths === 1 ? "linewidth" : "linewidths"}; largest shift ${rough(largestShift)}, ${rough(shiftOverTemperature)} of the lowest temperature`;

function ancillaText({ duration, ancillas, leftOut, change }: CollisionReport): string {
  const levels = Object.entries(ancillas).map(([bath, counts]) => `${counts.join(" + ")} levels of ${bath}`);
  const settled = change === null ? "" : `, one more changes ${rough(change)}`;
  return `${levels.join(", ")}; ${rough(leftOut)} left out${settled}; τ = ${numberText(duration, 7)}`;
}

function windowText({ first, last, isAutomatic, edgePopulations }: WindowReport): string {
  const range = `${first}..${last} (${isAutomatic ? "automatic" : "stated"})`;
  const ends = edgePopulations.filter((p) => p !== null).map(rough);
  if (ends.length === 0) return range;
  return `${range}, its ${ends.length === 1 ? "end holds" : "ends hold"} ${ends.join(" and ")}`;
}
