import assert from "node:assert/strict";
import type { Lazy } from "../../../../engine/define/ref.ts";
import { flipRecord } from "../../../../pipelines/shared/synthetic/material.ts";
import { SCALES } from "../../../../pipelines/shared/synthetic/scale.ts";
import {
  plainSetting,
  shiftedTo,
} from "../../../../pipelines/shared/synthetic/setting.ts";
import { shiftReport } from "../../../../pipelines/shared/synthetic/shift_report.ts";
import type { Claim } from "../../../../reports/value/claim.ts";
import type { Figure } from "../../../../reports/value/figure.ts";

Deno.test("shiftReport() adds what an experiment has of its own to what every shift has", () => {
  const { smoke: scale } = SCALES;
  const words = "photographs upside down";
  const experiment = {
    id: "own-flip",
    title: "Own flip",
    question: "Does it help?",
    support: "out",
    setting: plainSetting(scale),
    reference: { figures: "upright photographs", method: "photographs" },
    shifts: [{
      title: "Own flip",
      label: "own-flip",
      distributions: shiftedTo("flipped"),
      shifted: words,
    }],
    record: flipRecord(scale),
  } as const;
  const own = { id: "own" } as unknown as Lazy<Claim> & Lazy<Figure>;
  const idsIn = (
    more: { readonly claims?: [typeof own]; readonly figures?: [typeof own] },
  ) => {
    const { claims, figures } = shiftReport(
      { ...experiment, ...more },
      scale,
    ) as {
      readonly claims: readonly { readonly id: string }[];
      readonly figures: readonly { readonly id: string }[];
    };
    return [claims, figures].map((all) => all.map(({ id }) => id));
  };
  const [claims = [], figures = []] = idsIn({});
  assert.ok(claims.length > 0 && figures.length > 0);
  assert.deepEqual(idsIn({ claims: [own], figures: [own] }), [
    [...claims, "own"],
    [...figures, "own"],
  ]);
});
