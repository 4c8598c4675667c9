import type { Output } from "./host.ts";

/** One line on a terminal that says what is being done, and that goes away when it is done. */
export interface Progress {
  readonly show: (message: string) => void;
  readonly clear: () => void;
}

const TO_LINE_START = "\r";
const ERASE_LINE = "\u001b[K";

/** `, 3 min 20 s left`; nothing where it is less than a second. */
export function timeLeftText(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 1) return "";
  if (whole < 60) return `, ${whole} s left`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `, ${minutes} min ${whole % 60} s left`
    : `, ${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
}

/** Progress on `output`; silent where that is no terminal. */
export function createProgress({ write, isTerminal, columns = 80 }: Output): Progress {
  if (!isTerminal) return { show: () => {}, clear: () => {} };
  return {
    show: (message) => write(`${TO_LINE_START}${ERASE_LINE}${[...message].slice(0, columns - 1).join("")}`),
    clear: () => write(TO_LINE_START + ERASE_LINE),
  };
}
