/** What one run of some work took, and what it found. */
export interface Measured {
  /** Without the start of a process and, where the row says so, without what is made ready before. */
  readonly seconds: number;
  /** Of work on one core: the time that the processor was busy with it, which other programs do not change. */
  readonly processorSeconds?: number;
  /** Of a sweep: the same for one more point, set-up and warm-up apart. */
  readonly furtherPoint?: number;
  /** What both sides are compared by. */
  readonly numbers: readonly (readonly number[])[];
  /** What else there is to say, e.g. an exponent. */
  readonly remark?: string;
}

/** Work that Thermill does, and a peer where there is one. */
export interface BenchRow {
  /** What `npm run bench -- NAME` selects it by; a part of the name is enough. */
  readonly name: string;
  readonly work: string;
  /** What is to be reached, in words. */
  readonly goal?: string;
  readonly ours?: () => Measured;
  /** The same as a whole process: the arguments of `thermill`. */
  readonly process?: readonly string[];
  readonly theirs?: Peer;
  /** Of a sweep: its points, over which a peer that sets up nothing once is as slow as over others. */
  readonly points?: number;
  /** Where no peer can do the work: the same numbers by another route of ours, worked out once. */
  readonly otherRoute?: { readonly how: string; readonly numbers: () => Measured["numbers"] };
  /** Default 3. */
  readonly repeats?: number;
  /** What limits our time, in words, with the figure against that limit. */
  readonly limit?: string;
}

export interface Peer {
  /** What peer.py is asked for. */
  readonly request: { readonly work: string; readonly [key: string]: unknown };
  /** Its time is multiplied by this, where it does a part of the work that is as long as every other. */
  readonly times?: number;
  readonly note?: string;
  /** Default: that of the row; a long one may be run once. */
  readonly repeats?: number;
}

/** Wall-clock seconds. */
export function secondsOf(work: () => void): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** Wall-clock seconds and those of the processor. */
export function timesOf(work: () => void): { readonly seconds: number; readonly processorSeconds: number } {
  const before = process.cpuUsage();
  const seconds = secondsOf(work);
  const { user, system } = process.cpuUsage(before);
  return { seconds, processorSeconds: (user + system) / 1e6 };
}
