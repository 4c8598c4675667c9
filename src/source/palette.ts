/** How the roles of words in a message or report are set apart: each returns its text with marks around it. */
export interface Palette {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  /** Titles and whatever the eye should find first. */
  readonly strong: (text: string) => string;
  /** Frames, places and notes that should not draw the eye. */
  readonly faint: (text: string) => string;
  /** A second place that explains the first. */
  readonly related: (text: string) => string;
  /** What to do about it. */
  readonly fix: (text: string) => string;
}

const unmarked = (text: string): string => text;

/** Text without marks, for files and pipes. */
export const PLAIN: Palette = {
  error: unmarked,
  warning: unmarked,
  strong: unmarked,
  faint: unmarked,
  related: unmarked,
  fix: unmarked,
};
