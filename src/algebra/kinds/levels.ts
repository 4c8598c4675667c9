import type { KindSignature } from "../../model/vocabulary.ts";
import { asciiName } from "../../source/name.ts";

const MAX_LEVELS = 200;

/** Named levels; their operators are the matrix units |a⟩⟨b|. */
export const levels: KindSignature = {
  name: "levels",
  description: "named levels, e.g. levels(g, x, e); operators are matrix units: atom.|g><e|",
  parameters: [],
  takesLabels: true,
  instantiate: ({ labels }) => {
    if (labels.length < 1 || labels.length > MAX_LEVELS) {
      return { problem: `levels needs the names of 1 to ${MAX_LEVELS} levels: levels(g, e)` };
    }
    const repeated = labels.find((l, i) => labels.findIndex((m) => asciiName(m) === asciiName(l)) < i);
    if (repeated) return { problem: `the level '${repeated}' is named twice` };
    return {
      name: "levels",
      basis: { kind: "finite", labels },
      operators: new Map(),
      angles: new Map(),
      reported: [],
    };
  },
};
