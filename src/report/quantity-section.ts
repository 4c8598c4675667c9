import { entryLine, renderLines } from "./lines.ts";
import type { Section } from "./section.ts";

/** The model's own quantities, and all that no other section shows. */
export const QUANTITY_SECTION: Section = {
  takes: () => true,
  render: (entries, _, page) => [
    page.palette.strong("Quantities"),
    ...renderLines(
      entries.map((e) => entryLine(e, e.key)),
      page,
    ),
  ],
};
