import { operandOf } from "./entry.ts";
import { entryLine, renderLines } from "./lines.ts";
import type { Section } from "./section.ts";

/** Mean values of operators, under the operator's name. */
export const MEAN_SECTION: Section = {
  takes: (key) => operandOf(key, "mean") !== undefined,
  render: (entries, _, page) => [
    page.palette.strong("Mean values"),
    ...renderLines(
      entries.map((e) => entryLine(e, operandOf(e.key, "mean")!)),
      page,
    ),
  ],
};
