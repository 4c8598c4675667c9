import type { DiagnosticTable } from "../source/diagnostic.ts";

/** What can be wrong with the names, types and values of a model. */
export const MODEL_CODES = {
  E201: { severity: "error", title: "unknown name" },
  E202: { severity: "error", title: "a name is declared twice, perhaps in two spellings" },
  E203: { severity: "error", title: "a value or a model depends on itself" },
  E204: { severity: "error", title: "a value of the wrong type, e.g. an operator in a scalar's place" },
  E205: { severity: "error", title: "wrong number of arguments, or an unknown argument" },
  E206: { severity: "error", title: "a kind has no operator of that name" },
  E207: { severity: "error", title: "an index is missing, not whole, or out of range" },
  E208: { severity: "error", title: "unknown kind of subsystem, or its arguments do not fit" },
  E209: { severity: "error", title: "an empty or impossible window of levels" },
  E210: { severity: "error", title: "a whole number is needed" },
  E211: { severity: "error", title: "a parameter lies outside the values allowed for it" },
  E212: { severity: "error", title: "unknown method of an equation" },
  E213: { severity: "error", title: "unknown setting, or one that is given twice" },
  E214: { severity: "error", title: "an inverse temperature that is not positive, or that is missing" },
  E215: { severity: "error", title: "a function that is not defined for operators" },
  E216: { severity: "error", title: "h.c. in a place where it has nothing to stand for" },
  E217: { severity: "error", title: "unknown spectral density, or its arguments do not fit" },
  E218: { severity: "error", title: "a method that is not for this kind of bath" },
  E219: { severity: "error", title: "the file declares no model, or lacks a part that every model has" },
  E220: { severity: "error", title: "an array, sum, product or other value larger than the stated limit" },
  E221: { severity: "error", title: "a used file cannot be read, or holds what a library may not" },
  E222: { severity: "error", title: "a part of the language that this version parses but cannot solve yet" },
  E223: { severity: "error", title: "a complex number where a real one is needed" },
  E224: { severity: "error", title: "a value that is not a number, e.g. the root of a negative one" },
  E225: { severity: "error", title: "a level or label that the basis does not have" },
  E226: { severity: "error", title: "a language version that this program does not know" },
  E227: { severity: "error", title: "an option of the command line that holds more than one expression" },
  W201: { severity: "warning", title: "a parameter that nothing uses" },
  W202: { severity: "warning", title: "a subsystem that no term and no bath mentions" },
  W203: { severity: "warning", title: "a name of the model hides a standard one" },
  W204: { severity: "warning", title: "a bath that no equation uses" },
  W205: { severity: "warning", title: "a subsystem that no bath reaches: no unique steady state" },
} as const satisfies DiagnosticTable;

export type ModelCode = keyof typeof MODEL_CODES;
