import { drivenTrajectory } from "./driven-trajectory.ts";
import { trajectory } from "./trajectory.ts";

/** Evolves states of any equation that flows in time: one that depends on time, or a constant one. */
export const equationTrajectory: typeof drivenTrajectory = (equation, ...given) =>
  equation.dependsOnTime ? drivenTrajectory(equation, ...given) : trajectory(equation, ...given);
