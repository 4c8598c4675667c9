import fc from "fast-check";

/** Properties are tried on the same random cases for the same code; `PROPERTY_SEED=7 npm test` tries others. */
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 2024) });
