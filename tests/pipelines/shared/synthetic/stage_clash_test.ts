import assert from "node:assert/strict";
import { graphOf } from "../../../../engine/run/graph.ts";
import { SCALES } from "../../../../pipelines/shared/synthetic/scale.ts";
import { cifar10Subsets } from "../../../../pipelines/shared/synthetic/setting.ts";
import { unseenTint } from "../../../../shifts/unseen_tint.ts";
import { applyShift } from "../../../../tasks/datasets/apply_shift.ts";
import { drawContactSheet } from "../../../../tasks/pictures/draw_contact_sheet.ts";
import type { Built } from "./experiments.ts";
import { clashAmong } from "./stage_clash.ts";

/** A pipeline that draws images in a tint of that strength. */
function tinted(
  name: string,
  { strength, label }: { readonly strength: number; readonly label: string },
): Built {
  const { test } = cifar10Subsets(SCALES.smoke);
  const options = { strength, seed: 1 };
  const images = applyShift({ images: test, shift: unseenTint, options });
  const sheet = drawContactSheet({ sets: [images], perClass: 1 }, label);
  return { name, profile: "smoke", graph: graphOf(sheet) };
}

const original = tinted("tint", { strength: 0.5, label: "tint" });

Deno.test("clashAmong() finds nothing where a copy has the same stage, or one of another name", () => {
  for (
    const copy of [
      tinted("copy", { strength: 0.5, label: "tint" }),
      tinted("copy", { strength: 0.7, label: "copy" }),
    ]
  ) {
    assert.equal(clashAmong([original, copy]), undefined);
  }
});

Deno.test("clashAmong() tells somebody who copied a pipeline which argument differs, what that means and what to do", () => {
  const copy = tinted("copy", { strength: 0.7, label: "tint" });
  const text = clashAmong([original, copy]) ?? "";
  const [first, difference, why, todo, orElse] = text.split("\n");
  assert.equal(
    first,
    'Two stages are called "drawContactSheet/tint" and are not the same: in tint and in copy (profile smoke)',
  );
  assert.equal(
    difference,
    "  sets.0.from.options.strength: 0.5 in tint, 0.7 in copy",
  );
  assert.match(why ?? "", /^What it means: a stage is known by its name/);
  assert.match(
    todo ?? "",
    /^What to do, if you have copied a pipeline: .* a name of its own, such as its id, .* evaluate\(\{ … \}, "copy"\)/,
  );
  assert.match(orElse ?? "", /make the arguments equal/);
});

Deno.test("clashAmong() looks at each profile by itself", () => {
  const copy = tinted("copy", { strength: 0.7, label: "tint" });
  assert.equal(
    clashAmong([original, { ...copy, profile: "full" }]),
    undefined,
  );
});
