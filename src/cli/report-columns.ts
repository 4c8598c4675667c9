import type { Host } from "./host.ts";

/** Wide terminals are not filled: long lines are hard to read. */
export const reportColumns = ({ stdout }: Host): number => Math.min(Math.max(stdout.columns ?? 80, 60), 100);
