/** The mean of numbers and the sum of their squared deviations from it, number by number (Welford, Technometrics 4 (1962) 419). */
export interface RunningStatistics {
  count: number;
  mean: number;
  squares: number;
}

export const emptyStatistics = (): RunningStatistics => ({ count: 0, mean: 0, squares: 0 });

export function addNumber(s: RunningStatistics, x: number): void {
  s.count++;
  const before = x - s.mean;
  s.mean += before / s.count;
  s.squares += before * (x - s.mean);
}

/** The standard error of the mean; NaN of fewer than two numbers. */
export const standardError = ({ count, squares }: RunningStatistics): number =>
  count < 2 ? Number.NaN : Math.sqrt(squares / (count * (count - 1)));
