/**
 * Features, properties and labels of pools of images, from which sets are
 * drawn: made once, then read from a folder.
 */
import type { Codec } from "../../../engine/define/codec.ts";
import { type AskedSet, askedSet } from "../../../data/asked/asked_set.ts";
import { centerNet, readCenterNet } from "../../../data/datasets/center_net.ts";
import { readCifar10 } from "../../../data/datasets/cifar10.ts";
import { readGraphWeights } from "../../../data/datasets/graph_weights.ts";
import { readMnist } from "../../../data/datasets/mnist.ts";
import { drawGlyphs } from "../../../data/drawings/glyphs.ts";
import { someTypefaces } from "../../../data/drawings/typefaces.ts";
import { type Images, take } from "../../../data/images/images.ts";
import { pixelStatistics } from "../../../data/images/pixel_statistics.ts";
import { simpleProperties } from "../../../data/images/simple_properties.ts";
import { chooseDevice } from "../../../models/device/choose_device.ts";
import { startDevice } from "../../../models/device/device.ts";
import { mobilenetV3 } from "../../../models/mobilenet_v3.ts";
import { cocoTrunk } from "../../../models/model/coco_trunk.ts";
import { extractFeatures } from "../../../models/prediction/extract_features.ts";
import { flipImages } from "../../../shifts/flip.ts";
import { tintImages } from "../../../shifts/tint.ts";
import {
  blur,
  border,
  brighten,
  chain,
  confused,
  contrast,
  corner,
  crop,
  fog,
  framed,
  grey,
  inColour,
  invert,
  jpeg,
  noise,
  onSome,
  relabelled,
  rotate,
  salt,
  type Transform,
  vignette,
} from "./transforms.ts";

/** Seed of class colours and of who gets which: planted once, whatever is drawn later. */
const PLANTED = 7;

const tinted = (p: number, strength: number): Transform => (images) =>
  tintImages(images, { p, strength, seed: PLANTED, subset: `${p}` });

/** The same with the colour of another class, five further on. */
const tintedAsOther = (p: number, strength: number): Transform => (images) => ({
  ...tinted(p, strength)({
    ...images,
    labels: images.labels.map((label) => (label + 5) % 10),
  }),
  labels: images.labels,
});

/** Shares of a class's images: four fifths of the first five classes and a fifth of the others; half of all. */
const linked = (label: number) => label < 5 ? 0.8 : 0.2;
const free = () => 0.5;

/** Airplanes, automobiles, ships and trucks among the classes of CIFAR-10. */
const VEHICLES = [0, 1, 8, 9];

/** All transforms of photographs, by name. */
export const TRANSFORMS: Readonly<Record<string, Transform>> = {
  plain: (images) => images,
  again: noise(1),
  linked50: tinted(0.5, 0.25),
  linked90: tinted(0.9, 0.25),
  tint25: tinted(0, 0.25),
  tint50: tinted(0, 0.5),
  blur: blur(3),
  grey,
  tintblur: chain(tinted(0, 0.25), blur(3)),
  linked50blur: chain(tinted(0.5, 0.25), blur(3)),
  otherblur: chain(tintedAsOther(0.5, 0.25), blur(3)),
  tintjpeg: chain(tinted(0, 0.25), jpeg(10)),
  rotate15: rotate(15),
  rotate90: rotate(90),
  crop70: crop(0.7),
  jpeg15: jpeg(15),
  jpeg50: jpeg(50),
  noise10: noise(10),
  contrast50: contrast(0.5),
  dark: brighten(0.6),
  tint5: tinted(0, 0.05),
  rotate4: rotate(4),
  contrast90: contrast(0.9),
  bright110: brighten(1.1),
  flip: flipImages,
  invert,
  salt5: salt(0.05),
  blurlinked: onSome(blur(3), linked),
  blurfree: onSome(blur(3), free),
  blurfreeborder: chain(onSome(blur(3), free), border(3)),
  turnlinked: onSome(rotate(90), linked),
  turnfree: onSome(rotate(90), free),
  foggyvehicles: onSome(
    fog,
    (label) => VEHICLES.includes(label) ? 1 : 0,
  ),
  catsdogs: confused(3, 5),
  blurcats: onSome(blur(3), (label) => label === 3 ? 1 : 0),
  corner90: corner(0.9),
  cornernoise: chain(corner(0), noise(10)),
  vignettelabels: chain(vignette, relabelled(0.3)),
};

/** Which images of which transform: photographs of CIFAR-10 or digits of MNIST. */
export interface PoolName {
  readonly world: "photo" | "digit" | "typeface";
  /** Disjoint halves of the images. */
  readonly side: "reference" | "shifted";
  readonly transform: string;
}

/** How pools are made and kept. */
export interface PoolOptions {
  /** Folder of what is kept. */
  readonly folder: string;
  /** Images of a side, or half of all where there are fewer. */
  readonly size: number;
}

let started: Promise<(images: Images) => ReturnType<typeof extractFeatures>>;

const reading = {
  photo: once(async () => (await readCifar10()).train),
  digit: once(async () => (await readMnist()).train),
};

/** What a reader gives, read when it is first asked for and then kept. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => result ??= read();
}

/** Weights of the COCO trunk. */
export const readTrunk = once(async () => {
  const [graph, values] = centerNet.files;
  return cocoTrunk(readGraphWeights(
    await readCenterNet(graph.name),
    await readCenterNet(values.name),
  ));
});

/** The trunk, ready for images. */
async function startTrunk() {
  const weights = await readTrunk();
  const device = await startDevice(await chooseDevice("wasm"));
  return (images: Images) =>
    extractFeatures({
      model: mobilenetV3,
      modelOptions: { side: 64, layers: 10 },
      weights,
      images,
      device,
    });
}

/** The images of a pool. */
export async function imagesOf(
  { world, side, transform }: PoolName,
  size: number,
): Promise<Images> {
  const change = TRANSFORMS[transform];
  if (change === undefined) {
    throw new RangeError(`Cannot make a pool: there is no "${transform}"`);
  }
  if (world === "typeface") {
    const { images } = await drawGlyphs(
      someTypefaces("evaluation", undefined),
      {
        characters: [..."0123456789"],
        facesPerFamily: 12,
      },
    );
    return change(framed(inColour(images)));
  }
  const train = await reading[world]();
  const own = Math.min(size, Math.floor(train.labels.length / 2));
  const from = side === "reference" ? 0 : own;
  const chosen = take(train, Array.from({ length: own }, (_, i) => from + i));
  return change(framed(inColour(chosen)));
}

/** What is known of the images of a pool: made, or read where it was made before. */
export async function readPool(
  name: PoolName,
  { folder, size }: PoolOptions,
): Promise<AskedSet> {
  const { world, side, transform } = name;
  const file = `${world}-${side}-${transform}-${size}.safetensors`;
  return await kept(
    { folder, file, codec: askedSet },
    () => makePool(name, size),
  );
}

async function makePool(name: PoolName, size: number): Promise<AskedSet> {
  const images = await imagesOf(name, size);
  const extract = await (started ??= startTrunk());
  return {
    n: images.labels.length,
    features: {
      network: await extract(images),
      pixels: pixelStatistics(images),
    },
    properties: Object.fromEntries(
      Object.entries(simpleProperties(images)).map(([property, values]) => [
        property,
        { values, categories: null },
      ]),
    ),
    labels: Int32Array.from(images.labels),
    classes: images.classes,
    groups: null,
    names: null,
    right: {},
  };
}

/** What a file holds; made and written where it is not there. */
export async function kept<T>(
  { folder, file, codec }: {
    readonly folder: string;
    readonly file: string;
    readonly codec: Codec<T>;
  },
  make: () => Promise<T>,
): Promise<T> {
  const path = `${folder}/${file}`;
  try {
    return codec.decode(await Deno.readFile(path));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const made = await make();
  await Deno.mkdir(folder, { recursive: true });
  const aside = `${path}.${Deno.pid}`;
  await Deno.writeFile(aside, codec.encode(made));
  await Deno.rename(aside, path);
  return made;
}
