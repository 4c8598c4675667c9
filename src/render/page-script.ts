import { parse, View } from "vega";
import { isEncoded, spansOf } from "../figure/encoded-runs.ts";
import { measureEncodedText } from "./text-metrics.ts";

/** As much of a browser as the page uses. */
interface Element {
  textContent: string | null;
  innerHTML: string;
  readonly style: { left: string; top: string };
  readonly querySelectorAll: (selector: string) => Iterable<Element>;
  readonly setAttribute: (name: string, value: string) => void;
}
declare const document: { readonly getElementById: (id: string) => Element };
declare const MutationObserver: new (
  changed: () => void,
) => { readonly observe: (element: Element, options: Readonly<Record<string, boolean>>) => void };

/** Draws the specification of the page, and gives texts their styles whenever Vega has written them anew. */
async function show(): Promise<void> {
  measureEncodedText();
  const [figure, tip] = [document.getElementById("figure"), document.getElementById("tip")];
  const spec = JSON.parse(document.getElementById("spec").textContent ?? "{}");
  const view = new View(parse(spec), { renderer: "svg", container: figure as never, hover: true });
  view.tooltip((_handler, event: { readonly clientX: number; readonly clientY: number }, _item, value) => {
    tip.textContent = value ?? "";
    tip.style.left = `${event.clientX + 12}px`;
    tip.style.top = `${event.clientY + 12}px`;
  });
  const settle = (): void => {
    for (const text of figure.querySelectorAll("text")) {
      const content = text.textContent ?? "";
      if (!isEncoded(content)) continue;
      text.setAttribute("xml:space", "preserve");
      text.innerHTML = spansOf(
        content.replaceAll("\u200b", "").replaceAll("&", "&amp;").replaceAll("<", "&lt;"),
      );
    }
  };
  new MutationObserver(settle).observe(figure, { childList: true, characterData: true, subtree: true });
  await view.runAsync();
  settle();
}

void show();
