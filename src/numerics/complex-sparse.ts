/**
 * A complex square matrix by compressed columns: the entries of column j are those at positions
 * columnStarts[j] … columnStarts[j+1] − 1, their rows ascending and distinct.
 */
export interface ComplexSparse {
  readonly size: number;
  readonly columnStarts: Int32Array;
  readonly rows: Int32Array;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Collects entries; those of one place are summed. */
export interface ComplexEntries {
  readonly row: number[];
  readonly column: number[];
  readonly re: number[];
  readonly im: number[];
}

export const newEntries = (): ComplexEntries => ({ row: [], column: [], re: [], im: [] });

/** The matrix of the collected entries; sums with a modulus of at most `dropBelow` are left out. */
export function complexSparse(size: number, entries: ComplexEntries, dropBelow = 0): ComplexSparse {
  const { row, column, re, im } = entries;
  const order = Int32Array.from(row.keys()).sort((a, b) => column[a]! - column[b]! || row[a]! - row[b]!);
  const columnStarts = new Int32Array(size + 1);
  const rows: number[] = [];
  const sumsRe: number[] = [];
  const sumsIm: number[] = [];
  let k = 0;
  for (let c = 0; c < size; c++) {
    while (k < order.length && column[order[k]!] === c) {
      const r = row[order[k]!]!;
      let x = 0;
      let y = 0;
      for (; k < order.length && column[order[k]!] === c && row[order[k]!] === r; k++) {
        x += re[order[k]!]!;
        y += im[order[k]!]!;
      }
      if (Math.hypot(x, y) <= dropBelow) continue;
      rows.push(r);
      sumsRe.push(x);
      sumsIm.push(y);
    }
    columnStarts[c + 1] = rows.length;
  }
  return {
    size,
    columnStarts,
    rows: Int32Array.from(rows),
    re: Float64Array.from(sumsRe),
    im: Float64Array.from(sumsIm),
  };
}

/** A† */
export function adjointSparse(a: ComplexSparse): ComplexSparse {
  const entries = newEntries();
  forEachEntry(a, (row, column, re, im) => {
    entries.row.push(column);
    entries.column.push(row);
    entries.re.push(re);
    entries.im.push(-im);
  });
  return complexSparse(a.size, entries);
}

export function forEachEntry(
  a: ComplexSparse,
  visit: (row: number, column: number, re: number, im: number) => void,
): void {
  for (let column = 0; column < a.size; column++) {
    for (let e = a.columnStarts[column]!; e < a.columnStarts[column + 1]!; e++) {
      visit(a.rows[e]!, column, a.re[e]!, a.im[e]!);
    }
  }
}

/** The largest modulus of an entry. */
export function largestEntry(a: ComplexSparse): number {
  let most = 0;
  for (let e = 0; e < a.rows.length; e++) most = Math.max(most, Math.hypot(a.re[e]!, a.im[e]!));
  return most;
}

/** The real parts of the diagonal. */
export function diagonalOf({ size, columnStarts, rows, re }: ComplexSparse): Float64Array {
  const diagonal = new Float64Array(size);
  for (let column = 0; column < size; column++) {
    for (let e = columnStarts[column]!; e < columnStarts[column + 1]!; e++) {
      if (rows[e] === column) diagonal[column] = re[e]!;
    }
  }
  return diagonal;
}
