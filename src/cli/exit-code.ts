/** What the process tells its caller. */
export const EXIT = {
  /** Done, perhaps with warnings. */
  good: 0,
  /** The model has errors. */
  modelErrors: 1,
  /** The command line is wrong, or a file cannot be read. */
  usage: 2,
  /** There is a result, but not one that can be vouched for. */
  notVouched: 3,
  /** Thermill itself failed. */
  bug: 70,
  /** The user ended it; what was done is kept. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
