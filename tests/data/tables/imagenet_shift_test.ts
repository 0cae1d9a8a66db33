import assert from "node:assert/strict";
import {
  imagenetBaselines,
  imagenetPretrained,
} from "../../../data/tables/imagenet_models.ts";
import { sortModels } from "../../../data/tables/imagenet_shift.ts";
import {
  hasTeacherOrMasking,
  pretrainingData,
  pretrainingDataOf,
} from "../../../data/tables/pretraining_data.ts";

Deno.test("the lists hold 78 baselines and 55 pre-trained networks, none twice", () => {
  assert.equal(imagenetBaselines.length, 78);
  assert.equal(imagenetPretrained.length, 55);
  const all = [...imagenetBaselines, ...imagenetPretrained];
  assert.equal(new Set(all).size, 133);
});

Deno.test("pretrainingDataOf() sorts the paper's networks as the paper does", () => {
  const counts: Record<string, number> = {};
  for (const model of imagenetPretrained) {
    const data = pretrainingDataOf(model) ?? "none";
    counts[data] = (counts[data] ?? 0) + 1;
  }
  assert.deepEqual(counts, {
    "CLIP-LAION": 21,
    "CLIP-OpenAI": 7,
    "IG-1B": 9,
    "IN-22k": 18,
  });
  assert.deepEqual(
    imagenetBaselines.filter((model) => pretrainingDataOf(model) !== undefined),
    [],
  );
});

Deno.test("pretrainingDataOf() takes what a tag names first", () => {
  for (
    const [model, data] of [
      ["vit.openai_ft_in12k_in1k", "CLIP-OpenAI"],
      ["convnext.clip_laion2b_soup_ft_in12k_in1k_384", "CLIP-LAION"],
      ["eva02.mim_m38m_ft_in22k_in1k", "EVA"],
      ["eva.clip_ft_in1k", "EVA"],
      ["vit.sw_in12k_ft_in1k", "IN-22k"],
      ["vit.augreg_in21k_ft_in1k", "IN-22k"],
      ["regnety.swag_lc_in1k", "IG-3.6B"],
      ["efficientnet.ns_jft_in1k", "JFT-300M"],
      ["resnet.fb_ssl_yfcc100m_ft_in1k", "YFCC-100M"],
      ["siglip.webli_ft_in1k", "WebLI"],
      ["regnety.seer_ft_in1k", undefined],
      ["resnet50.a1_in1k", undefined],
      ["clip_without_tag", undefined],
    ] as const
  ) {
    assert.equal(pretrainingDataOf(model), data, model);
    assert.ok(data === undefined || data in pretrainingData);
  }
});

Deno.test("hasTeacherOrMasking() holds of 22 baselines", () => {
  assert.equal(imagenetBaselines.filter(hasTeacherOrMasking).length, 22);
});

Deno.test("sortModels() keeps the order of the lists and names what is missing", () => {
  const model = (name: string) => ({
    model: name,
    imageSize: 224,
    reference: 0.8,
    shifted: 0.7,
  });
  const sorted = sortModels(
    ["new.webli_ft_in1k", "b.x_in1k", "p.openai_ft_in1k", "a.x_in1k", "odd"]
      .map(model),
    {
      baselines: ["a.x_in1k", "gone.x_in1k", "b.x_in1k"],
      pretrained: ["odd", "p.openai_ft_in1k", "lost.laion_ft_in1k"],
    },
  );
  assert.deepEqual(sorted, {
    baselines: [model("a.x_in1k"), model("b.x_in1k")],
    pretrained: [
      { data: "CLIP-OpenAI", models: [model("p.openai_ft_in1k")] },
      { data: "other data", models: [model("odd")] },
    ],
    all: [
      { data: "CLIP-OpenAI", models: [model("p.openai_ft_in1k")] },
      { data: "WebLI", models: [model("new.webli_ft_in1k")] },
    ],
    missing: ["gone.x_in1k", "lost.laion_ft_in1k"],
  });
});
