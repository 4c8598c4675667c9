/** What a figure can be written as. */
export const FIGURE_FORMATS = ["svg", "png", "html", "vega-lite"] as const;
export type FigureFormat = (typeof FIGURE_FORMATS)[number];

const BY_EXTENSION: Readonly<Record<string, FigureFormat>> = {
  svg: "svg",
  png: "png",
  html: "html",
  htm: "html",
  json: "vega-lite",
};

/** The format that the name of the output file asks for, svg without one; undefined where it asks for one that there is not. */
export function figureFormatOf(output: string | undefined): FigureFormat | undefined {
  const extension = /[^/\\]\.([^./\\]+)$/.exec(output ?? "")?.[1]?.toLowerCase();
  if (extension === undefined) return "svg";
  return Object.hasOwn(BY_EXTENSION, extension) ? BY_EXTENSION[extension] : undefined;
}
