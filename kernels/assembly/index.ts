// What src/numerics/kernel-functions.ts describes, in AssemblyScript.

export { addCombination, dot, orthogonalise } from "./krylov";
export { multiply, pack } from "./product";
