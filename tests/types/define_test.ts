import assert from "node:assert/strict";
import { define, type Definition } from "../../engine/define/definition.ts";
import { isNumber, listOf } from "../../engine/define/shape.ts";
import { notRun } from "./not_run.ts";

interface Tool extends Definition {
  readonly title: string;
  readonly uses: readonly string[];
  use(times: number): string;
}

Deno.test("define() makes what has its type, but for where it is from", () => {
  const saw: Tool = define(import.meta.url, "saw", {
    title: "Saw",
    uses: Array.from(["wood"]),
    use: (times) => "z".repeat(times),
  });
  assert.equal(saw.use(2), "zz");

  // @ts-expect-error: "use" is missing
  notRun((): Tool => define("", "saw", { title: "Saw", uses: [] }));
  const spoken = { title: "Saw", uses: [], use: (times: string) => times };
  // @ts-expect-error: "use" is given a number
  notRun((): Tool => define("", "saw", spoken));
});

Deno.test("define() keeps the type of what is given", () => {
  const saw = define(import.meta.url, "saw", {
    title: "Saw",
    isFit: listOf(isNumber),
  });
  assert.ok(saw.title.length === 3 && saw.isFit([1]));
  // @ts-expect-error: it has no such field
  notRun(() => saw.titel);
  notRun(() => {
    // @ts-expect-error: it is not to be changed
    saw.title = "Hammer";
  });
  // @ts-expect-error: a name is a word
  notRun(() => define(import.meta.url, 1, {}));
  // @ts-expect-error: a value is no definition
  notRun((): Definition => ({ title: "Saw" }));
});
