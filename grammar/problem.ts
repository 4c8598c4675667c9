/** A part of the text, in UTF-16 offsets: `[start, end)`. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** What can be wrong with a text before its meaning is asked for. `src/syntax/codes.ts` gives each its code. */
export type ProblemKind =
  | "text-too-long"
  | "character"
  | "letter"
  | "number"
  | "string"
  | "ket"
  | "bracket"
  | "nesting"
  | "head"
  | "misplaced"
  | "incomplete"
  | "reserved"
  | "juxtaposition"
  | "unexpected";

/** Something wrong with a text: the cause, and where it is known what to write instead. */
export interface Problem extends Place {
  readonly kind: ProblemKind;
  readonly message: string;
  readonly fix?: string;
  readonly related?: readonly (Place & { readonly message: string })[];
}
