import type { Entry } from "./entry.ts";
import type { Page } from "./lines.ts";
import type { EquationResults } from "./results.ts";

/** A block of the report with the quantities that belong to it. */
export interface Section {
  /** Whether a quantity is shown here; the first section that takes it has it. */
  readonly takes: (key: string) => boolean;
  /** Title and lines; called only where there are entries. */
  readonly render: (entries: readonly Entry[], equation: EquationResults, page: Page) => string[];
}
