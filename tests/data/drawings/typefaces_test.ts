import assert from "node:assert/strict";
import { STYLES, typefaces, typefacesFor } from "../../../data/drawings/typefaces.ts";
import project from "../../../package.json" with { type: "json" };

Deno.test("typefaces are 57 families to evaluate on and 37 others to pre-train on, of every style", () => {
  for (const [role, n] of [["evaluation", 57], ["pre-training", 37]] as const) {
    const chosen = typefacesFor(role);
    assert.equal(chosen.length, n);
    assert.deepEqual(
      [...new Set(chosen.map(({ style }) => style))],
      [...STYLES],
    );
  }
  const families = typefaces.map(({ family }) => family);
  assert.equal(new Set(families).size, families.length);
  const files = typefaces.flatMap(({ files }) =>
    files.map(({ sha256 }) => sha256)
  );
  assert.equal(new Set(files).size, files.length);
});

Deno.test("typefaces are the packages of package.json, and no others", () => {
  assert.deepEqual(
    typefaces.map(({ source, version }) => [source, version]).sort(),
    Object.entries(project.dependencies)
      .filter(([name]) => name.startsWith("@expo-google-fonts/")).sort(),
  );
});

Deno.test("typefaces have the licence that their package states, free to use", async () => {
  for (const { family, source, version, licence } of typefaces) {
    const read = async (name: string) =>
      await Deno.readTextFile(
        new URL(import.meta.resolve(`${source}/${name}`)),
      );
    const manifest = JSON.parse(await read("package.json"));
    assert.equal(manifest.version, version, family);
    assert.equal(manifest.license, `MIT AND ${licence}`, family);
    const text = await read("LICENSE_FONT");
    const title = {
      "OFL-1.1": /SIL OPEN FONT LICENSE Version 1\.1/i,
      "Apache-2.0": /Apache License\s+Version 2\.0/,
    }[licence];
    assert.match(text, title ?? /^$/, family);
  }
});
