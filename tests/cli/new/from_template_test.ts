import assert from "node:assert/strict";
import { join } from "node:path";
import { namesOf } from "../../../cli/new/names.ts";
import { registered, REGISTRY } from "../../../cli/new/from_template.ts";
import { ROOT } from "../rig.ts";

const text = await Deno.readTextFile(join(ROOT, REGISTRY));
const names = namesOf("small-rotation");

/** Lines that one text has and another has not. */
function added(after: string, before: string): readonly string[] {
  const old = before.split("\n");
  return after.split("\n").filter((line) => !old.includes(line));
}

Deno.test("registered() adds an import and a line at the end of the list, and changes nothing else", () => {
  const after = registered(text, names);
  const lines = [
    'import { smallRotationPipeline } from "./small_rotation.ts";',
    "  smallRotationPipeline,",
  ];
  assert.deepEqual(added(after, text), lines);
  assert.equal(
    lines.reduce((rest, line) => rest.replace(`${line}\n`, ""), after),
    text,
  );
  assert.match(after, / {2}smallRotationPipeline,\n\];\n/);
});

Deno.test("registered() adds one pipeline after the other", () => {
  const twice = registered(registered(text, names), namesOf("dim-light"));
  assert.match(
    twice,
    /small_rotation\.ts";\nimport \{ dimLightPipeline \} from "\.\/dim_light\.ts";\n\n/,
  );
  assert.match(twice, /smallRotationPipeline,\n {2}dimLightPipeline,\n\];\n/);
});

Deno.test("registered() refuses a registry without the list", () => {
  for (
    const other of ["", text.replace("pipelines:", "all:").replace("= [", "=[")]
  ) {
    assert.throws(() => registered(other, names), {
      message: /^Cannot add a pipeline to pipelines\/registry\.ts: it has no/,
    });
  }
});
