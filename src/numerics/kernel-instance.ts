import { KERNEL_MODULE } from "./kernel-module.ts";

/** The compiled kernels with a memory of their own. */
export interface KernelInstance<Functions> {
  /** Zero at first; it never grows. */
  readonly memory: ArrayBuffer;
  readonly functions: Functions;
}

/** What is used of the WebAssembly that Node and browsers have; its types come with those of a browser only. */
interface WebAssemblyHost {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

interface BufferHost {
  readonly from: (text: string, encoding: "base64") => Uint8Array;
}

const PAGE = 65536;

/**
 * The module of kernels/assembly on a memory of at least so many bytes. Undefined where there is no WebAssembly, no SIMD in
 * it, or not so much memory.
 */
export function startKernelModule<Functions>(bytes: number): KernelInstance<Functions> | undefined {
  const { WebAssembly: host } = globalThis as { readonly WebAssembly?: WebAssemblyHost };
  if (!host) return undefined;
  try {
    const module = new host.Module(bytesOf(KERNEL_MODULE));
    const memory = new host.Memory({ initial: Math.ceil(bytes / PAGE) });
    const { exports } = new host.Instance(module, { env: { memory } });
    return { memory: memory.buffer, functions: exports as Functions };
  } catch {
    return undefined;
  }
}

/** Node decodes at once what the loop takes milliseconds for when it runs for the first time. */
function bytesOf(base64: string): Uint8Array {
  const { Buffer: host } = globalThis as { readonly Buffer?: BufferHost };
  if (host) return host.from(base64, "base64");
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let k = 0; k < text.length; k++) bytes[k] = text.charCodeAt(k);
  return bytes;
}
