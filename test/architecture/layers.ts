import { cyclesOf } from "./cycles.ts";
import { type Import, importsOf, type SourceTree } from "./source-tree.ts";

/** The phases from the top of the picture in docs/architecture.md to its bottom; those of one line stand side by side. */
const PHASES: readonly (readonly string[])[] = [
  ["grammar"],
  ["syntax"],
  ["model"],
  ["algebra"],
  ["equation", "graph"],
  ["lower"],
  ["solve"],
  ["thermo"],
  ["truncate"],
  ["derive"],
  ["experiment", "advise", "export"],
  ["report"],
  ["figure"],
  ["render"],
  ["cli"],
];

/** The ground floor, which all may import, and what each room of it may import itself. */
const GROUND: Readonly<Record<string, readonly string[]>> = {
  source: [],
  numerics: [],
  scalar: ["source"],
  formula: ["scalar"],
};

/** Rooms that may import less of ours than their place allows. */
const ONLY: Readonly<Record<string, readonly string[]>> = { grammar: ["source"] };

/** The files of src itself: recipes over all phases, and the library's entry. */
const RECIPES = "recipes";

/** Packages that each room may import; the others know none. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  grammar: ["chevrotain"],
  syntax: ["chevrotain"],
  scalar: ["mathjs/number"],
  numerics: ["ml-matrix"],
  graph: ["@dagrejs/dagre"],
  render: ["vega", "vega-lite"],
  cli: ["commander", "picocolors", "@resvg/resvg-js"],
  export: ["fflate"],
};

/** Rooms and files that may use Node's own modules; all others run in a browser. */
const NODE = ["cli", "grammar/generate.ts"];

/** Files that may import each other in a circle, each with its reason. */
export interface AllowedCycle {
  readonly files: readonly string[];
  readonly reason: string;
}

/** Every breach of the layers in a tree of sources, one line each. */
export function layerBreaches(tree: SourceTree, allowed: readonly AllowedCycle[]): string[] {
  const imports = importsOf(tree);
  return [
    ...[...tree.keys()].flatMap((path) => (isKnown(roomOf(path)) ? [] : `${path}: no phase of this name`)),
    ...imports.flatMap((i) => breachOf(i, tree)),
    ...fileCycles(imports, allowed),
    ...folderCycles(imports),
  ];
}

/** `grammar`, a folder of src, or `recipes`. */
function roomOf(path: string): string {
  const [top, room, file] = path.split("/");
  if (top === "grammar") return "grammar";
  return file === undefined ? RECIPES : room!;
}

const rankOf = (room: string): number => PHASES.findIndex((line) => line.includes(room));

const isKnown = (room: string): boolean => room === RECIPES || room in GROUND || rankOf(room) >= 0;

function breachOf(entry: Import, tree: SourceTree): string[] {
  const { from, to, isOwn } = entry;
  const room = roomOf(from);
  if (!isOwn) return mayImportPackage(from, room, to) ? [] : [`${from} may not import the package '${to}'`];
  if (!tree.has(to)) return [`${from} imports ${to}, which is no source`];
  return mayImport(room, roomOf(to)) ? [] : [`${from} may not import ${to}`];
}

function mayImportPackage(from: string, room: string, name: string): boolean {
  if (name.startsWith("node:")) return NODE.includes(room) || NODE.includes(from);
  return (PACKAGES[room] ?? []).includes(name);
}

function mayImport(room: string, other: string): boolean {
  if (room === other) return true;
  if (other === "cli") return false;
  if (room === RECIPES || room === "cli") return true;
  if (other === RECIPES) return false;
  const few = GROUND[room] ?? ONLY[room];
  if (few) return few.includes(other);
  return other in GROUND || rankOf(other) < rankOf(room);
}

function fileCycles(imports: readonly Import[], allowed: readonly AllowedCycle[]): string[] {
  const own = imports.filter((i) => i.isOwn);
  const found = cyclesOf(own.map(({ from, to }) => [from, to] as const)).map((files) => files.join(" "));
  const known = allowed.map(({ files }) => [...files].sort().join(" "));
  return [
    ...found.filter((cycle) => !known.includes(cycle)).map((cycle) => `files import each other: ${cycle}`),
    ...known.filter((cycle) => !found.includes(cycle)).map((cycle) => `allowed cycle is gone: ${cycle}`),
  ];
}

function folderCycles(imports: readonly Import[]): string[] {
  const edges = imports
    .filter((i) => i.isOwn)
    .map(({ from, to }) => [folderOf(from), folderOf(to)] as const)
    .filter(([from, to]) => from !== to);
  return cyclesOf(edges).map((folders) => `folders import each other: ${folders.join(" ")}`);
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));
