import type { Output } from "./host.ts";

/** One line on a terminal that says what is being done, and that goes away when it is done. */
export interface Progress {
  readonly show: (message: string) => void;
  readonly clear: () => void;
}

const TO_LINE_START = "\r";
const ERASE_LINE = "\u001b[K";

/** Progress on `output`; silent where that is no terminal. */
export function createProgress({ write, isTerminal, columns = 80 }: Output): Progress {
  if (!isTerminal) return { show: () => {}, clear: () => {} };
  return {
    show: (message) => write(`${TO_LINE_START}${ERASE_LINE}${[...message].slice(0, columns - 1).join("")}`),
    clear: () => write(TO_LINE_START + ERASE_LINE),
  };
}
