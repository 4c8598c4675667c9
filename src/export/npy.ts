import { zipSync } from "fflate";

/** An array of numbers for Python and Julia: row-major; complex numbers as pairs (re, im). */
export interface NumericArray {
  readonly type: "float64" | "complex128" | "int64";
  readonly shape: readonly number[];
  /** Twice as many as the shape says for complex numbers. */
  readonly data: ArrayLike<number>;
}

const DESCRIPTIONS = { float64: "<f8", complex128: "<c16", int64: "<i8" } as const;

/** `\x93NUMPY`, version 1.0: what every .npy file begins with. */
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];

/** The data of an .npy file start at a multiple of this. */
const ALIGNMENT = 64;

/**
 * An array in NumPy's own format, version 1.0, little-endian (numpy.lib.format). Throws where the data do not fill the
 * shape.
 */
export function npyFile({ type, shape, data }: NumericArray): Uint8Array {
  const count = shape.reduce((n, d) => n * d, type === "complex128" ? 2 : 1);
  if (data.length !== count) throw new Error(`${data.length} numbers for an array of ${count}`);
  const places = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${DESCRIPTIONS[type]}', 'fortran_order': False, 'shape': (${places}), }`;
  const before = MAGIC.length + 2;
  const header = `${text}${" ".repeat(ALIGNMENT - 1 - ((before + text.length) % ALIGNMENT))}\n`;
  const bytes = new Uint8Array(before + header.length + 8 * count);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint16(MAGIC.length, header.length, true);
  for (let k = 0; k < header.length; k++) bytes[before + k] = header.charCodeAt(k);
  const start = before + header.length;
  for (let k = 0; k < count; k++) {
    if (type === "int64") view.setBigInt64(start + 8 * k, BigInt(data[k]!), true);
    else view.setFloat64(start + 8 * k, data[k]!, true);
  }
  return bytes;
}

/** Times in an archive are of no interest: the same arrays give the same bytes. */
const NO_TIME = new Date(1980, 0, 1);

/** Arrays by name as one .npz archive: `numpy.load(file)["rho"]`. */
export const npzFile = (arrays: ReadonlyMap<string, NumericArray>): Uint8Array =>
  zipSync(Object.fromEntries([...arrays].map(([name, array]) => [`${name}.npy`, npyFile(array)])), {
    level: 6,
    mtime: NO_TIME,
  });
