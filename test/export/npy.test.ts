import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { npyFile, npzFile } from "../../src/export/npy.ts";

/** What NumPy's format description says of version 1.0, read without the writer's help. */
function readNpy(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const length = view.getUint16(8, true);
  const header = new TextDecoder("latin1").decode(bytes.subarray(10, 10 + length));
  return { magic: [...bytes.subarray(0, 8)], length, header, start: 10 + length, view };
}

describe("npy files", () => {
  it("have a header that ends on a multiple of 64 with a line end", () => {
    for (const shape of [[], [3], [2, 2], [1, 2, 3, 4, 5]]) {
      const data = new Float64Array(shape.reduce((n, d) => n * d, 1));
      const { magic, header, start } = readNpy(npyFile({ type: "float64", shape, data }));
      expect(magic).toEqual([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0]);
      expect(start % 64).toBe(0);
      expect(header.endsWith("\n")).toBe(true);
    }
  });

  it("write shapes as Python's tuples", () => {
    const headerOf = (shape: readonly number[], count: number): string =>
      readNpy(npyFile({ type: "int64", shape, data: new Array<number>(count).fill(0) })).header.trim();
    expect(headerOf([], 1)).toBe("{'descr': '<i8', 'fortran_order': False, 'shape': (), }");
    expect(headerOf([3], 3)).toBe("{'descr': '<i8', 'fortran_order': False, 'shape': (3,), }");
    expect(headerOf([2, 3], 6)).toBe("{'descr': '<i8', 'fortran_order': False, 'shape': (2, 3), }");
  });

  it("hold little-endian numbers, complex ones as pairs", () => {
    const complex = readNpy(npyFile({ type: "complex128", shape: [2], data: [1, -2, Number.NaN, 0.5] }));
    expect(complex.header).toContain("'<c16'");
    expect([0, 8, 16, 24].map((k) => complex.view.getFloat64(complex.start + k, true))).toEqual([
      1,
      -2,
      Number.NaN,
      0.5,
    ]);
    const whole = readNpy(npyFile({ type: "int64", shape: [1], data: [-7] }));
    expect(whole.view.getBigInt64(whole.start, true)).toBe(-7n);
  });

  it("refuse data that do not fill their shape", () => {
    expect(() => npyFile({ type: "complex128", shape: [2], data: [1, 2] })).toThrow(
      "2 numbers for an array of 4",
    );
  });

  it("stand in an archive by their names, the same bytes every time", () => {
    const arrays = new Map([["heat(cold)", { type: "float64", shape: [], data: [2] } as const]]);
    expect(Object.keys(unzipSync(npzFile(arrays)))).toEqual(["heat(cold).npy"]);
    expect(npzFile(arrays)).toEqual(npzFile(arrays));
  });
});
