import assert from "node:assert/strict";
import { gallery } from "../../../../reports/figures/gallery/gallery.ts";
import type { GalleryFigure } from "../../../../reports/value/gallery_figure.ts";
import { site } from "../../../../reports/site/site.ts";
import { report, run } from "../../example.ts";
import { png } from "../../png.ts";
import { assertSameTwice, parseSvg, words } from "../parse_svg.ts";

const row = { png: png(), width: 10, height: 2, alt: "Ten <squares>." };

const figure: GalleryFigure = {
  kind: "gallery",
  id: "examples",
  title: "Digits in and out of support",
  finding: "Fonts are *out of support*.",
  rows: [
    { ...row, title: "in support", n: 12_345 },
    { ...row, title: "out of support", n: 1 },
  ],
};

Deno.test("gallery() shows each part with its size and its text alternative", () => {
  const { pictures, page, description, table } = gallery(figure);
  assert.equal(page, "");
  assert.deepEqual(pictures?.map(({ name, title }) => [name, title]), [
    ["examples-1", "in support, 12,345 images"],
    ["examples-2", "out of support, 1 image"],
  ]);
  assert.equal(
    description,
    "Fonts are out of support. in support, 12,345 images: Ten <squares>. out of support, 1 image: Ten <squares>.",
  );
  assert.deepEqual(table.rows, [["in support", "12,345"], [
    "out of support",
    "1",
  ]]);
});

Deno.test("gallery() holds its images in its file", () => {
  const { file } = gallery(figure);
  assert.equal(
    file.split(`data:image/png;base64,${png().toBase64()}`).length,
    3,
  );
  assert.deepEqual(words(file), [
    "in support, 12,345 images",
    "out of support, 1 image",
  ]);
});

Deno.test("gallery() puts the images of each part below its title", () => {
  const drawn = parseSvg(gallery(figure).file);
  const tops = (name: string) =>
    [...drawn.querySelectorAll(name)].map((one) =>
      Number(one.getAttribute("y"))
    );
  const [first = NaN, second = NaN] = tops("text");
  const [upper = NaN, lower = NaN] = tops("image");
  assert.ok(first < upper && upper + 152 < second && second < lower);
});

Deno.test("gallery() leaves out the picture of a part that has no image, and counts it", () => {
  const [first] = figure.rows;
  assert.ok(first);
  const none = { ...row, title: "out of support", n: 0 };
  const { pictures, file, description, table } = gallery({
    ...figure,
    rows: [none, first],
  });
  assert.deepEqual(pictures?.map(({ title }) => title), [
    "in support, 12,345 images",
  ]);
  assert.deepEqual(words(file), ["in support, 12,345 images"]);
  assert.equal(
    description,
    "Fonts are out of support. out of support, 0 images. in support, 12,345 images: Ten <squares>.",
  );
  assert.deepEqual(table.rows[0], ["out of support", "0"]);
});

Deno.test("gallery() gives the same bytes twice", () => {
  assertSameTwice(() => gallery(figure));
});

Deno.test("site() writes the images of a gallery beside its page and escapes their texts", () => {
  const files = site({
    reports: [{ ...report, claims: [], figures: [figure] }],
    run,
  });
  assert.deepEqual(files.get("spurious-tint/examples-2.png"), png());
  const page = String(files.get("spurious-tint/index.html"));
  assert.ok(
    page.includes(
      'src="./examples-1.png" alt="Ten &lt;squares&gt;." width="10"',
    ),
  );
});

Deno.test("gallery() refuses to show nothing", () => {
  assert.throws(() => gallery({ ...figure, rows: [] }), {
    name: "RangeError",
    message: 'Cannot draw figure "examples": it has no data',
  });
});
