/** Our own look for the shapes that Chevrotain draws. */
const STYLE = `
body { font: 14px/1.4 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; color: #1d2733; background: #fdfdfb; }
h1 { font-size: 1.5rem; }
h2 { font-size: 1rem; margin: 2rem 0 .25rem; font-family: ui-monospace, monospace; }
svg { max-width: 100%; height: auto; }
path { fill: none; stroke: #52606d; stroke-width: 2; }
rect { fill: #e3ecf7; stroke: #52606d; stroke-width: 1.5; }
g.terminal rect { fill: #e2f3e6; }
text { font: 13px ui-monospace, monospace; text-anchor: middle; fill: #1d2733; }
`;

/** A page of railroad diagrams from their shapes: it holds no script, so that it can be read anywhere. */
export function railroadPage(shapes: string): string {
  const tidy = shapes.replace(/<h2/g, "\n<h2").replace(/[ \t]+$/gm, "");
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>The grammar of Thermill</title>
<style>${STYLE}</style>
<h1>The grammar of Thermill</h1>
${tidy}
</html>
`;
}
