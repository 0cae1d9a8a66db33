import assert from "node:assert/strict";
import {
  groupStyle,
  paletteCss,
} from "../../../../reports/figures/drawing/palette.ts";

type Rgb = readonly [number, number, number];

/** Colours by name, as linear light. */
function coloursOf(theme: "light" | "dark"): ReadonlyMap<string, Rgb> {
  return new Map(
    [...paletteCss(theme).matchAll(/--([a-z0-9-]+): #([0-9a-f]{6})/g)]
      .map(([, name = "", hex = ""]) => {
        const [r = 0, g = 0, b = 0] = [0, 2, 4].map((i) => {
          const share = parseInt(hex.slice(i, i + 2), 16) / 255;
          return share <= 0.04045
            ? share / 12.92
            : ((share + 0.055) / 1.055) ** 2.4;
        });
        return [name, [r, g, b]] as const;
      }),
  );
}

/** WCAG 2.2, contrast ratio. */
function contrast(a: Rgb, b: Rgb): number {
  const [low = 0, high = 0] = [a, b]
    .map(([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b)
    .sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** Machado, Oliveira and Fernandes (2009), severity 1, for linear RGB. */
const DEFICIENCIES: Readonly<Record<string, readonly Rgb[]>> = {
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
};

function seen([r, g, b]: Rgb, matrix: readonly Rgb[]): Rgb {
  const [x = 0, y = 0, z = 0] = matrix.map(([m, n, o]) =>
    Math.min(Math.max(m * r + n * g + o * b, 0), 1)
  );
  return [x, y, z];
}

/** Distance in CIELAB (CIE 1976, D65). */
function distance(a: Rgb, b: Rgb): number {
  const lab = ([r, g, b]: Rgb): Rgb => {
    const f = (t: number) =>
      t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 * t + 16) / 116;
    const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
    const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
    const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
  };
  const [one, two] = [lab(a), lab(b)];
  return Math.hypot(...one.map((value, i) => value - (two[i] ?? 0)));
}

for (const theme of ["light", "dark"] as const) {
  const colours = coloursOf(theme);
  const page = colours.get("page");
  assert.ok(page);

  for (const name of ["ink", "soft"]) {
    Deno.test(`paletteCss() gives ${name} text a contrast of 4.5 on a ${theme} page`, () => {
      const text = colours.get(name);
      assert.ok(text && contrast(text, page) >= 4.5);
    });
  }

  Deno.test(`paletteCss() gives marks a contrast of 3 on a ${theme} page`, () => {
    for (const [name, colour] of colours) {
      if (!name.startsWith("group-")) continue;
      assert.ok(
        contrast(colour, page) >= 3,
        `${name} ${contrast(colour, page)}`,
      );
    }
  });

  for (const [deficiency, matrix] of Object.entries(DEFICIENCIES)) {
    Deno.test(`paletteCss() keeps the first four groups apart under ${deficiency} on a ${theme} page`, () => {
      const groups = [1, 2, 3, 4].map((i) => colours.get(`group-${i}`));
      for (const [i, one] of groups.entries()) {
        for (const two of groups.slice(i + 1)) {
          assert.ok(one && two);
          const apart = distance(seen(one, matrix), seen(two, matrix));
          // A just noticeable difference is about 2.3.
          assert.ok(apart > 10, `${i + 1}: ${apart}`);
        }
      }
    });
  }
}

Deno.test("groupStyle() gives every group a shape of its own", () => {
  const shapes = [0, 1, 2, 3, 4, 5].map((i) => groupStyle(i).symbol);
  assert.equal(new Set(shapes).size, 6);
  assert.deepEqual(groupStyle(6), groupStyle(0));
});
