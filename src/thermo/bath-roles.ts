import type { Model } from "../model/model.ts";
import type { BathCurrents } from "./bath-currents.ts";

/** Which bath is the cold, the hot one and the load (places in `Model.baths`), or why that is not defined. */
export interface BathRoles {
  readonly cold?: number;
  readonly hot?: number;
  readonly load?: number;
  /** Why cold and hot are not defined, where they are not. */
  readonly problem?: string;
}

/**
 * Roles as the model gives them; without any, the coldest and the hottest of two thermal baths at this point, a load
 * being neither. With one thermal bath, or with three or more and no roles, cold and hot are undefined.
 */
export function bathRoles(model: Model, currents: readonly (BathCurrents | undefined)[]): BathRoles {
  const present = model.baths.flatMap((bath, place) => (currents[place] ? [{ bath, place }] : []));
  const withRole = (role: string) => present.find(({ bath }) => bath.role === role)?.place;
  const [cold, hot, load] = [withRole("cold"), withRole("hot"), withRole("load")];
  const known = { ...(load !== undefined && { load }) };
  if (cold !== undefined && hot !== undefined) return { cold, hot, ...known };
  if (cold !== undefined || hot !== undefined) {
    return {
      ...known,
      problem: `the equation has no bath with the role ${cold === undefined ? "cold" : "hot"}`,
    };
  }
  const thermal = present.filter(({ bath }) => bath.kind !== "jumps" && bath.role !== "load");
  if (thermal.length !== 2) {
    const problem =
      thermal.length < 2
        ? load === undefined
          ? "fewer than two thermal baths"
          : "fewer than two thermal baths besides the load"
        : `${thermal.length} thermal baths and no roles: write role = cold and role = hot`;
    return { ...known, problem };
  }
  const beta = (place: number) => currents[place]!.beta ?? Number.NaN;
  const [a, b] = thermal.map(({ place }) => place) as [number, number];
  return beta(a) >= beta(b) ? { cold: a, hot: b, ...known } : { cold: b, hot: a, ...known };
}
