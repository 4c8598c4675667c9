import type { KernelFunctions } from "./kernel-functions.ts";
import { startKernelModule } from "./kernel-instance.ts";
import { plainKernels } from "./plain-kernels.ts";

/** Kernels with the memory that they work on, which goes with the last reference. */
export interface Kernels extends KernelFunctions {
  readonly kind: "simd" | "plain";
  /** The whole memory, zero at first. */
  readonly heap: Float64Array;
  /** The place of so many numbers that nobody else has. Throws `RangeError` where the memory is used up. */
  readonly take: (count: number) => number;
  /** Gives all places back: whatever was taken is zero again. */
  readonly clear: () => void;
}

/** Numbers of `lines` packed lines. */
export const packedLength = (lines: number, length: number): number => ((lines + 3) & ~3) * length;

/** Kernels that serve one small problem after another; made anew where one needs more room than all before. */
export interface KernelWorkspace {
  kernels: Kernels | undefined;
}

export const kernelWorkspace = (): KernelWorkspace => ({ kernels: undefined });

/** The kernels of a workspace, with at least `capacity` numbers. */
export function enoughKernels(workspace: KernelWorkspace, capacity: number): Kernels {
  if (!workspace.kernels || workspace.kernels.heap.length < capacity)
    workspace.kernels = createKernels(capacity);
  return workspace.kernels;
}

/** The same, all numbers zero and nobody's. */
export function clearKernels(workspace: KernelWorkspace, capacity: number): Kernels {
  const kernels = enoughKernels(workspace, capacity);
  kernels.clear();
  return kernels;
}

/** The view of a place. */
export const viewOf = ({ heap }: Kernels, place: number, count: number): Float64Array =>
  heap.subarray(place, place + count);

/** Numbers below which a problem is solved in less time than it takes to start WebAssembly. */
const SMALL = 40_000;

/** The same where the problem is one that hundreds of steps are made of. */
export const SMALL_OF_MANY_STEPS = 8000;

/** Kernels with a memory of `capacity` doubles, of which only what is written to is really occupied. */
export function createKernels(capacity: number, small = SMALL): Kernels {
  const found = capacity < small ? undefined : startKernelModule<KernelFunctions>(8 * capacity);
  if (found) return withArena("simd", new Float64Array(found.memory), found.functions);
  const heap = new Float64Array(capacity);
  return withArena("plain", heap, plainKernels(heap));
}

function withArena(kind: Kernels["kind"], heap: Float64Array, functions: KernelFunctions): Kernels {
  let top = 0;
  const take = (count: number): number => {
    const place = top;
    top += count;
    if (top > heap.length) throw new RangeError("the memory of the kernels is used up");
    return place;
  };
  const clear = (): void => {
    heap.fill(0, 0, top);
    top = 0;
  };
  return { ...functions, kind, heap, take, clear };
}
