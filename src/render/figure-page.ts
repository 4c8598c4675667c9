import type { Figure } from "../figure/figure.ts";
import { figureSpec, vegaOf } from "./figure-spec.ts";
import { figureTitle } from "./figure-svg.ts";

/**
 * A figure as one page that needs nothing else: values are shown under the pointer, scales are dragged and zoomed.
 * `script` is page-script.ts, bundled with Vega.
 */
export async function figurePage(figure: Figure, script: string): Promise<string> {
  const spec = JSON.stringify(vegaOf(await figureSpec(figure, true))).replaceAll("<", "\\u003c");
  const title = figureTitle(figure);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>
body { margin: 2em; font-family: Helvetica, Arial, sans-serif; color: #222; background: #fff; }
h1 { font-size: 1.1em; font-weight: normal; }
#tip { position: fixed; white-space: pre; padding: .3em .6em; font-size: .85em; background: #fff; border: 1px solid #888; border-radius: 3px; pointer-events: none; }
#tip:empty { display: none; }
footer { margin-top: 1em; font-size: .8em; color: #666; }
</style>
</head>
<body>
<h1>${title}</h1>
<div id="figure"></div>
<div id="tip"></div>
<footer>Point at a line to read its values; drag to move, turn the wheel to zoom, double-click to go back.</footer>
<script type="application/json" id="spec">${spec}</script>
<script>${script.replaceAll("</script", "<\\/script")}</script>
</body>
</html>
`;
}
