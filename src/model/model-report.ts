import type { Reporter } from "../source/diagnostic.ts";
import type { ModelCode } from "./codes.ts";

/** How the phase says what is wrong with a model. */
export type ModelReport = Reporter<ModelCode>["report"];
