// What src/numerics/kernel-functions.ts describes, in AssemblyScript.
export { addMoved, addSparse } from "./blocks";
export { reflectBlock, reflectRows, timesReflector, turnRows } from "./hermitian";
export { addCombination, dot, orthogonalise } from "./krylov";
export { multiply, pack } from "./product";
export {
  addEntries,
  applyEntries,
  extendedResidual,
  inverseNorm,
  largest,
  multiplySparse,
  norm1,
  pick,
  refactorise,
  solve,
  solveExtended,
  solveTransposed,
} from "./sparse";
