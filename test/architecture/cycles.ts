/** Groups of nodes that reach each other, by the edges of a directed graph; nodes in no cycle are left out. */
export function cyclesOf(edges: readonly (readonly [string, string])[]): string[][] {
  const next = new Map<string, string[]>();
  for (const [from, to] of edges) next.set(from, [...(next.get(from) ?? []), to]);
  const groups: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];

  /** Tarjan's strongly connected components. */
  const visit = (node: string): number => {
    const number = order.size;
    order.set(node, number);
    lowest.set(node, number);
    stack.push(node);
    for (const to of next.get(node) ?? []) {
      const reached = order.has(to) ? (stack.includes(to) ? order.get(to)! : number) : visit(to);
      lowest.set(node, Math.min(lowest.get(node)!, reached));
    }
    if (lowest.get(node) === number) {
      const group = stack.splice(stack.indexOf(node));
      if (group.length > 1 || (next.get(node) ?? []).includes(node)) groups.push(group.sort());
    }
    return lowest.get(node)!;
  };

  for (const node of next.keys()) if (!order.has(node)) visit(node);
  return groups;
}
