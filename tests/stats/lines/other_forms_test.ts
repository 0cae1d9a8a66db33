import assert from "node:assert/strict";
import { overOtherForms } from "../../../stats/lines/other_forms.ts";
import type { Term } from "../../../stats/lines/over_line.ts";
import { fitLine } from "../../../stats/lines/regression.ts";
import { close } from "../reference.ts";
import {
  labelPhoto,
  labelSizes,
  narrow,
  photo,
  sizes,
  values,
} from "../straightness_reference.ts";

const line = fitLine(sizes.flatMap(({ points }) => points));

const photoTerm: Term = { sign: 1, networks: photo };
const terms = {
  photo: [photoTerm],
  narrow: [{ sign: 1, networks: narrow }],
  difference: [photoTerm, { sign: -1, networks: narrow }],
} as const satisfies Readonly<Record<string, readonly Term[]>>;

/** Names of forms: that of the group that is left out, or "parabola". */
function namesOf(
  others: ReturnType<typeof overOtherForms>["others"],
): readonly string[] {
  return others.map(({ form }) =>
    form.kind === "without" ? form.group : form.kind
  );
}

Deno.test("overOtherForms() measures as NumPy does over the line without each group, and over the parabola", () => {
  for (const kind of ["photo", "narrow", "difference"] as const) {
    const found = overOtherForms([
      { groups: sizes, line, terms: terms[kind] },
    ]);
    close(found.whole, values.whole[kind]);
    assert.deepEqual(namesOf(found.others), [
      ...sizes.map(({ name }) => name),
      "parabola",
    ]);
    for (const { form, value } of found.others) {
      const gains = form.kind === "parabola"
        ? values.parabola.gains
        : values.without[form.group];
      close(value, gains?.[kind] ?? NaN);
    }
    const all = found.others.map(({ value }) => value);
    assert.equal(found.lowest.value, Math.min(...all));
    assert.equal(found.highest.value, Math.max(...all));
  }
});

Deno.test("overOtherForms() says which form moves the flip's gain most", () => {
  const { lowest, highest } = overOtherForms([
    { groups: sizes, line, terms: terms.photo },
  ]);
  assert.deepEqual(lowest.form, { kind: "without", group: "40000" });
  assert.deepEqual(highest.form, { kind: "parabola" });
});

Deno.test("overOtherForms() measures as NumPy does over lines on other scales, of which none is the lowest or the highest form", () => {
  for (const kind of ["photo", "narrow", "difference"] as const) {
    const { onScale, whole, lowest, highest } = overOtherForms([
      { groups: sizes, line, terms: terms[kind] },
    ]);
    for (const scale of ["probit", "logit", "linear"] as const) {
      close(onScale[scale], values.onScale[scale][kind]);
    }
    assert.equal(onScale.probit, whole);
    assert.ok(!(Object.values(onScale).includes(lowest.value)));
    assert.ok(!(Object.values(onScale).includes(highest.value)));
  }
});

const label = {
  groups: labelSizes,
  line: fitLine(labelSizes.flatMap(({ points }) => points)),
  terms: [{ sign: -1, networks: labelPhoto }],
} as const;

Deno.test("overOtherForms() changes two lines at once, as NumPy does", () => {
  const found = overOtherForms([
    { groups: sizes, line, terms: terms.photo },
    // The names are matched, not the order.
    { ...label, groups: labelSizes.toReversed() },
  ]);
  close(found.whole, values.contrast.whole);
  for (const scale of ["probit", "logit", "linear"] as const) {
    close(found.onScale[scale], values.contrast.onScale[scale]);
  }
  assert.equal(found.others.length, 6);
  for (const { form, value } of found.others) {
    close(
      value,
      form.kind === "parabola"
        ? values.contrast.parabola
        : values.contrast.without[form.group] ?? NaN,
    );
  }
});

Deno.test("overOtherForms() changes two lines only in what both have", () => {
  const flip = { groups: sizes, line, terms: terms.photo };
  const renamed = labelSizes.map((group) =>
    group.name === "40000" ? { ...group, name: "30000" } : group
  );
  assert.deepEqual(
    namesOf(overOtherForms([flip, { ...label, groups: renamed }]).others),
    ["2000", "5000", "10000", "20000", "parabola"],
  );
  // Two sizes have no parabola.
  const few = { ...label, groups: labelSizes.slice(3) };
  assert.deepEqual(namesOf(overOtherForms([flip, few]).others), ["40000"]);
});

Deno.test("overOtherForms() passes over forms that there are none of, and refuses if there are no others", () => {
  const [one, two, three] = sizes.map(({ name, points }, i) => ({
    name,
    points: points.slice(0, i === 1 ? 2 : 1),
  }));
  assert.ok(one && two && three);
  const own = { line, terms: terms.photo };
  // Without the second there are two networks left; all four have a parabola.
  assert.deepEqual(
    namesOf(overOtherForms([{ ...own, groups: [one, two, three] }]).others),
    [one.name, three.name, "parabola"],
  );
  const alone = { name: "all", points: sizes.flatMap(({ points }) => points) };
  assert.throws(() => overOtherForms([{ ...own, groups: [alone] }]), {
    message:
      "Cannot measure over another form of the line through 1 groups of baselines: no line is left without any of them, and they are too few for a parabola",
  });
  // Of one reference accuracy there is no line either.
  const alike = (name: string, reference: number) => ({
    name,
    points: [0, 1, 2].map(() => ({ model: name, reference, shifted: 0.3 })),
  });
  assert.throws(
    () =>
      overOtherForms([
        { ...own, groups: [alike("a", 0.5), alike("b", 0.6)] },
      ]),
    /no line is left without any of them/,
  );
});
