import type { Compiled, Representation } from "../index.ts";
import type { Host } from "./host.ts";

/** Prints a representation, made as well as the model's errors allow, as one JSON value. */
export function writeRepresentation(
  compiled: Compiled,
  which: Representation,
  { compiler, stdout }: Host,
): void {
  stdout.write(`${JSON.stringify(compiler.represent(compiled, which), null, 2)}\n`);
}
