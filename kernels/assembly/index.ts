// What src/numerics/kernel-functions.ts describes, in AssemblyScript.
export { addMoved, addSparse } from "./blocks";
export { reflectBlock, reflectRows, timesReflector, turnRows } from "./hermitian";
export { addCombination, dot, orthogonalise } from "./krylov";
export { multiply, pack } from "./product";
export { refactorise, solve, solveTransposed } from "./sparse-lu";
export { addEntries, applyEntries, multiplySparse, norm1, pick } from "./sparse-matrix";
export { extendedResidual, inverseNorm, largest, solveExtended } from "./sparse-refinement";
