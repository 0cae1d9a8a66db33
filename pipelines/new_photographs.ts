/**
 * New photographs: from CIFAR-10's test images to CIFAR-10.1, which was chosen
 * by the same instructions years later (arXiv:1902.10811). A natural shift that
 * is nearly in support, the small sister of ImageNet-V2. Nothing is trained:
 * the networks are those of the experiments on plain photographs.
 *
 * The claims and their rules were fixed before any network met these images;
 * docs/log.md has what is expected. Where the images cannot be had the page
 * says so, and the claims are not reproduced.
 *
 * @module
 */
import { cifar10 } from "../data/datasets/cifar10.ts";
import { cifar101 } from "../data/datasets/cifar10_1.ts";
import { bibtex, type Citation } from "../data/datasets/dataset.ts";
import {
  cifarPredictions,
  cifarTestImages,
} from "../data/tables/cifar_models.ts";
import { orElse } from "../engine/define/or_else.ts";
import { type AnyPipeline, definePipeline } from "../engine/define/pipeline.ts";
import type { Lazy, ValueFailure } from "../engine/define/ref.ts";
import type { Claim, Estimate } from "../reports/value/claim.ts";
import type { Figure } from "../reports/value/figure.ts";
import type { DatasetRecord } from "../reports/value/material.ts";
import type { Prose } from "../reports/value/prose.ts";
import type { Report, Table } from "../reports/value/report.ts";
import type { Mixture } from "../shifts/mixture.ts";
import { fetchSource } from "../tasks/datasets/fetch_source.ts";
import { loadCifar101 } from "../tasks/datasets/load_cifar10_1.ts";
import { placePoints } from "../tasks/evaluation/place_points.ts";
import { leastDrop } from "../tasks/lines/least_drop.ts";
import { drawContactSheet } from "../tasks/pictures/draw_contact_sheet.ts";
import { overBothLines, withBold } from "./shared/synthetic/answers.ts";
import {
  ABOVE_ZERO,
  estimateOf,
  WITHIN_TWO_POINTS,
} from "./shared/synthetic/claims.ts";
import {
  byLine,
  gainsUnder,
  LINES,
  networksOf,
} from "./shared/synthetic/gains.ts";
import {
  cifar10Record,
  CIFAR_10_1,
  pretrainedResnet8Record,
} from "./shared/synthetic/material.ts";
import {
  methodSection,
  pretrainingRecords,
  scaledDown,
} from "./shared/synthetic/method.ts";
import { KINDS } from "./shared/synthetic/networks.ts";
import { lineFigures, robustnessTables } from "./shared/synthetic/page.ts";
import { LEVEL, type Scale, SCALES } from "./shared/synthetic/scale.ts";
import {
  cifar10Subsets,
  plainSetting,
  type Setting,
} from "./shared/synthetic/setting.ts";
import {
  estimatesUnder,
  straightnessTable,
  straightnessUnder,
} from "./shared/synthetic/straightness.ts";

/** The versions of CIFAR-10.1, the one that its authors recommend first: claims are about it. */
const VERSIONS = ["v6", "v4"] as const;
type Version = typeof VERSIONS[number];

const TITLE = "New photographs (CIFAR-10.1)";

/** The collection that CIFAR-10 and CIFAR-10.1 are chosen from. */
const TINY_IMAGES = {
  type: "article",
  key: "torralba2008tinyimages",
  fields: {
    author: "Torralba, Antonio and Fergus, Rob and Freeman, William T.",
    title:
      "80 million tiny images: A large data set for nonparametric object and scene recognition",
    journal: "IEEE Transactions on Pattern Analysis and Machine Intelligence",
    volume: "30",
    number: "11",
    pages: "1958--1970",
    year: "2008",
  },
} satisfies Citation;

/** What is fixed of a claim. */
type Stated = Pick<
  Claim,
  "id" | "whose" | "statement" | "paper" | "rule" | "figure"
>;

export const newPhotographs: AnyPipeline<Report> = definePipeline({
  module: import.meta.url,
  name: "new-photographs",
  title: TITLE,
  profiles: SCALES,

  build(scale: Scale) {
    const loaded = loadedAt(scale);
    const versions = measured(loaded, scale);
    const [v6] = versions;
    const photographs = cifar10Record(scale);
    return {
      id: "new-photographs",
      title: TITLE,
      question:
        "If networks meet new photographs of the same classes, chosen years later by the same instructions, does pre-training help?",
      answer: orElse<Prose>([
        "Broad pre-training brings ",
        ...withBold(v6.gains.sizes.photo),
        ` of effective robustness on ${v6.title}, over the line of finished networks.\n\nIn points, with 95% intervals; *narrow* is the control, pre-trained on the same photographs with narrow augmentation:`,
        ...overBothLines(
          "mean effective robustness",
          versions.flatMap(({ title, gains }) =>
            KINDS.map((kind) => ({
              title: `*${kind}*, ${title}`,
              over: byLine((line) => gains[line][kind]),
            }))
          ),
        ),
      ], withoutImages),
      claims: claimsOf(v6),
      figures: versions.flatMap((version) =>
        lineFigures(version).map((figure, i) =>
          orElse<Figure>(figure, (failure) => ({
            kind: "unavailable",
            id: `${version.id}-${LINES[i]}`,
            title: version.title,
            reason: withoutImages(failure),
          }))
        )
      ),
      tables: orElse<readonly Table[]>([
        ...versions.flatMap(robustnessTables),
        straightnessTable(versions, { label: "cifar-10-1", isOurs: false }),
      ], () => []),
      pretraining: pretrainingRecords(scale),
      scaledDown: [...scaledDown(scale), {
        what: "Shift",
        paper: "ImageNet to ImageNet-V2, 10,000 new photographs",
        here:
          "CIFAR-10 to CIFAR-10.1, 2,000 (v6) or 2,021 (v4) new photographs, made as small as the others",
      }],
      sections: [
        methodSection([{
          on: "plain photographs",
          learningRate: v6.gains.networks.learningRate,
        }]),
        {
          id: "images",
          title: "The images",
          text:
            "The shifted images are not the reference images, so none of their difficulty cancels between the two accuracies of one network; it does between networks and baselines, which are tested on the same images. The claims are about v6, which has as many images of each class; some 94% of the images of v4 are the same, so that it is no second experiment. How 30 published networks do on all of this is the page on published CIFAR-10 models.",
        },
      ],
      datasets: orElse<readonly DatasetRecord[]>(
        [photographs, imagesRecord(loaded, scale)],
        () => [photographs],
      ),
      shifts: [CIFAR_10_1],
      models: [pretrainedResnet8Record(scale)],
    };
  },
});

/** The images of both versions, as small as the others. */
function loadedAt({ side }: Scale): ReturnType<typeof loadCifar101> {
  const fetched = (version: Version) => {
    const { images, labels } = cifar101[version];
    return {
      images: fetchSource({ source: images }, `${version}-images`),
      labels: fetchSource({ source: labels }, `${version}-labels`),
    };
  };
  return loadCifar101({ v6: fetched("v6"), v4: fetched("v4"), side });
}

/** Networks on plain photographs, measured on v6 and on v4. */
function measured(
  { v6, v4 }: ReturnType<typeof loadCifar101>,
  scale: Scale,
) {
  const plain = plainSetting(scale);
  const setting: Setting = {
    ...plain,
    sets: { ...plain.sets, v6, v4 },
    further: VERSIONS,
  };
  const networks = networksOf(setting, scale);
  const { baselines, photo, narrow } = networks;
  const evaluations = [
    ...LINES.flatMap((line) => baselines[line]),
    ...[photo, narrow].flatMap((kind) => Object.values(kind).flat()),
  ];
  const on = (version: Version) => {
    const label = `cifar-10-1-${version}`;
    const title = `CIFAR-10.1 ${version}`;
    const distributions: Mixture<string> = {
      reference: { sets: { plain: 1 } },
      shifted: { sets: { [version]: 1 } },
    };
    const gains = gainsUnder(distributions, { networks, label });
    const points = placePoints({ evaluations, distributions }, label);
    return {
      id: version,
      title,
      gains,
      straightness: straightnessUnder(gains, { setting, scale }),
      drop: leastDrop({ points, level: LEVEL }, label),
      distributions: { reference: "CIFAR-10", shifted: title },
    };
  };
  return [on("v6"), on("v4")] as const;
}

/** What is claimed of one version. */
function claimsOf(
  version: ReturnType<typeof measured>[number],
): readonly Lazy<Claim>[] {
  const { id, drop } = version;
  const stated = { figure: `${id}-sizes` };
  return [
    orNotReproduced({
      ...stated,
      id: "photo",
      whose: "ours",
      statement:
        "On new photographs of the same classes (CIFAR-10.1), broad pre-training brings little effective robustness.",
      paper:
        "at most 1.80 points on ImageNet-V2, which was made in the same way",
      rule: WITHIN_TWO_POINTS,
    }, estimatesUnder(version, "photo")),
    orNotReproduced({
      ...stated,
      id: "narrow",
      whose: "control",
      statement:
        "On new photographs of the same classes (CIFAR-10.1), the control, pre-trained with narrow augmentation, has little effective robustness.",
      paper: "not in the paper",
      rule: WITHIN_TWO_POINTS,
    }, estimatesUnder(version, "narrow")),
    orNotReproduced({
      ...stated,
      id: "all-lower",
      whose: "ours",
      statement:
        "Every network is less accurate on CIFAR-10.1 than on the test photographs of CIFAR-10.",
      paper: "every network tested (arXiv:1902.10811)",
      rule: ABOVE_ZERO,
    }, {
      estimate: estimateOf(drop),
      remark: [
        "How much accuracy that network loses which loses least, of ",
        { value: drop.n, unit: "count" },
        " that were tested, checkpoints included. The interval is for the images alone. Its lower end is the lowest of all networks, and its upper end the lowest at the level that so many share.",
      ],
    }),
  ];
}

/** A claim, or that there is no number for it. */
function orNotReproduced(
  stated: Stated,
  found: {
    readonly estimate: Lazy<Estimate>;
    readonly further?: readonly Lazy<Estimate>[];
    readonly remark: Lazy<Prose>;
  },
): Lazy<Claim> {
  return orElse<Claim>({ ...stated, ...found }, (failure) => ({
    ...stated,
    unit: "points",
    notReproduced: failure.kind === "unavailable"
      ? "source unavailable"
      : "a stage failed",
  }));
}

/** What stands where a number would, without the images. */
function withoutImages({ kind }: ValueFailure): string {
  return kind === "unavailable"
    ? "When this page was made, the images of CIFAR-10.1 could not be reached. `deno task fetch new-photographs` fetches them, 12 MB, where there is a connection; `--mirror` then names the folder."
    : "When this page was made, a stage failed.";
}

/** The images as their page shows them. */
function imagesRecord(
  { v6, digest }: ReturnType<typeof loadCifar101>,
  scale: Scale,
): Lazy<DatasetRecord> {
  const { url, commit, citation } = cifarPredictions;
  return {
    id: "cifar-10-1-images",
    title: "CIFAR-10.1",
    description:
      "New photographs of CIFAR-10’s ten classes, from the same collection (Tiny Images) by the same instructions.",
    source: "images and labels in the authors’ repository",
    url,
    version: `commit ${commit}`,
    // The authors' README says so; the licence of the repository is of its code.
    licence:
      "not the repository’s: the images are part of Tiny Images, and may be used as that",
    licenceUrl: `${url}#license`,
    citation: [citation, TINY_IMAGES].map(bibtex).join("\n"),
    classes: cifar10.classes,
    reading: "NumPy arrays; the digest covers the four files.",
    sizes: { v6: cifarTestImages.v6, v4: cifarTestImages.v4 },
    sheet: {
      id: "cifar-10-1",
      caption:
        "Left: test images of CIFAR-10; right: images of CIFAR-10.1 v6. One row a class, airplane to truck.",
      alt: "Two blocks of ten rows of small photographs, one row a class.",
      png: drawContactSheet({
        sets: [cifar10Subsets(scale).test, v6],
        perClass: 8,
      }, "cifar-10-1"),
    },
    digest,
  };
}
