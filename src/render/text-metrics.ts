import * as vega from "vega";
import { encodedWidth } from "../figure/encoded-runs.ts";

/** What Vega measures texts with; its type declarations leave it out. */
interface TextMetrics {
  width: (item: { readonly fontSize?: number }, text: unknown) => number;
}

/** Lets Vega measure texts with their styles in the widths of Helvetica, on every machine the same. */
export function measureEncodedText(): void {
  const { textMetrics } = vega as unknown as { readonly textMetrics: TextMetrics };
  textMetrics.width = ({ fontSize = 11 }, text) => fontSize * encodedWidth(String(text));
}
