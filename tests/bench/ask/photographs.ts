/** Photographs of CIFAR-10, enlarged to files as large as those of a camera. */
import { join } from "node:path";
import {
  PhotonImage,
  resize,
  SamplingFilter,
} from "@silvia-odwyer/photon-node";
import { readCifar10 } from "../../../data/datasets/cifar10.ts";
import type { Images } from "../../../data/images/images.ts";
import { stream } from "../../../engine/define/random.ts";
import { brighten } from "./transforms.ts";

/** How many images of which size. */
export interface PhotographsSize {
  /** Images of each set. */
  readonly images: number;
  readonly width: number;
  readonly height: number;
}

/** Standard deviation of the noise, in levels: what is only enlarged makes small files. */
const NOISE = 6;

/** Writes two sets in class folders, the shifted one darker; gives the words that ask about them. */
export async function writePhotographs(
  folder: string,
  size: PhotographsSize,
): Promise<readonly string[]> {
  const { train } = await readCifar10();
  const some = (set: number): Images => ({
    ...train,
    images: train.images.subarray(
      set * size.images * 3072,
      (set + 1) * size.images * 3072,
    ),
    labels: train.labels.subarray(set * size.images, (set + 1) * size.images),
  });
  await writeSet(join(folder, "reference"), some(0), size);
  await writeSet(join(folder, "shifted"), brighten(0.6)(some(1)), size);
  return ["--reference", "reference", "--shifted", "shifted"];
}

async function writeSet(
  folder: string,
  { images, labels, classes }: Images,
  { width, height }: PhotographsSize,
): Promise<void> {
  for (const name of classes) {
    await Deno.mkdir(join(folder, name), { recursive: true });
  }
  const random = stream(3, "noise");
  const noise = Int8Array.from(
    { length: 4 * width * height },
    (_, i) => i % 4 === 3 ? 0 : Math.round(NOISE * random.normal()),
  );
  for (const [i, label] of labels.entries()) {
    const bytes = jpegOf(images.subarray(i * 3072, (i + 1) * 3072), {
      width,
      height,
      noise,
      from: 4 * random.integer(width * height),
    });
    const name = classes[label] ?? "";
    await Deno.writeFile(join(folder, name, `${i}.jpg`), bytes);
  }
}

function jpegOf(
  pixels: Uint8Array,
  { width, height, noise, from }: {
    readonly width: number;
    readonly height: number;
    readonly noise: Int8Array;
    /** Where in the noise it begins. */
    readonly from: number;
  },
): Uint8Array {
  const raw = new Uint8Array(32 * 32 * 4).fill(255);
  for (let k = 0; k < 32 * 32; k++) {
    raw.set(pixels.subarray(3 * k, 3 * k + 3), 4 * k);
  }
  const small = new PhotonImage(raw, 32, 32);
  const large = resize(small, width, height, SamplingFilter.Triangle);
  const clear = large.get_raw_pixels();
  const noisy = new Uint8ClampedArray(clear);
  for (let k = 0; k < noisy.length; k++) {
    noisy[k] = (clear[k] as number) +
      (noise[(from + k) % noise.length] as number);
  }
  const image = new PhotonImage(new Uint8Array(noisy.buffer), width, height);
  const bytes = image.get_bytes_jpeg(90);
  for (const one of [small, large, image]) one.free();
  return bytes;
}
