import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "../../src/syntax/parse.ts";

const directories = [new URL("./examples/", import.meta.url), new URL("../../models/", import.meta.url)];
const files = directories.flatMap((directory) =>
  readdirSync(directory)
    .filter((name) => name.endsWith(".thermill"))
    .map((name) => new URL(name, directory)),
);

describe("the example models", () => {
  it.each(files.map((url) => [url.pathname.split("/").slice(-2).join("/"), url] as const))(
    "%s parses",
    (name, url) => {
      const { value, diagnostics } = parse({ name, text: readFileSync(url, "utf8") });
      expect(diagnostics).toEqual([]);
      expect(value.header).toBeDefined();
      expect(value.declarations.length).toBeGreaterThan(5);
    },
  );
});
