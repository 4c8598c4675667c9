import { levels } from "./algebra/kinds/levels.ts";
import { mode } from "./algebra/kinds/mode.ts";
import { oscillator } from "./algebra/kinds/oscillator.ts";
import { qubit } from "./algebra/kinds/qubit.ts";
import { rotor } from "./algebra/kinds/rotor.ts";
import { spin } from "./algebra/kinds/spin.ts";
import { collision } from "./equation/collision.ts";
import { global } from "./equation/global.ts";
import { jumps } from "./equation/jumps.ts";
import { local } from "./equation/local.ts";
import type { Method } from "./equation/method.ts";
import { redfield } from "./equation/redfield.ts";
import { SPECTRA } from "./equation/spectra.ts";
import { unified } from "./equation/unified.ts";
import type { Signature, Vocabulary } from "./model/vocabulary.ts";
import { asciiName } from "./source/name.ts";
import type { StandardQuantity } from "./thermo/quantity.ts";
import { STANDARD_QUANTITIES } from "./thermo/standard-quantities.ts";

const byName = <T extends Signature>(list: readonly T[]): ReadonlyMap<string, T> =>
  new Map(list.map((entry) => [asciiName(entry.name), entry]));

/** The ways of treating a bath. */
export const METHODS: ReadonlyMap<string, Method> = byName([
  local,
  global,
  unified,
  redfield,
  collision,
  jumps,
]);

/** The standard quantities with their implementations. */
export const QUANTITIES: ReadonlyMap<string, StandardQuantity> = byName(STANDARD_QUANTITIES);

/** Every word of the language beyond its grammar. A new kind, method, spectrum or quantity is one line here or in its family's table. */
export const VOCABULARY: Vocabulary = {
  kinds: byName([qubit, spin, oscillator, rotor, levels, mode]),
  methods: METHODS,
  spectra: byName(SPECTRA),
  quantities: QUANTITIES,
};
