import { z } from "zod";
import {
  type Cifar101Files,
  readCifar101,
} from "../../data/datasets/cifar10_1.ts";
import { digestOf } from "../../data/datasets/dataset.ts";
import { images } from "../../data/images/images.ts";
import { shrink } from "../../data/images/shrink.ts";
import { json } from "../../engine/define/codec.ts";
import { digestOf as digestOfBytes } from "../../engine/define/hash.ts";
import { defineTask } from "../../engine/define/task.ts";

/** The files of both versions, and how large the images are to be. */
export interface LoadCifar101Args {
  readonly v6: Cifar101Files<Uint8Array>;
  readonly v4: Cifar101Files<Uint8Array>;
  /** Side to which images are shrunk, in pixels. */
  readonly side: number;
}

/** Both versions of CIFAR-10.1, and one digest of what they were read from. */
export const loadCifar101 = defineTask({
  module: import.meta.url,
  name: "loadCifar101",
  result: { v6: images, v4: images, digest: json(z.string()) },
  run({ side, ...versions }: LoadCifar101Args) {
    const files = Object.entries(versions).flatMap(([version, files]) =>
      Object.entries(files).map(([name, bytes]: [string, Uint8Array]) => ({
        name: `${version} ${name}`,
        bytes: bytes.length,
        sha256: digestOfBytes(bytes),
      }))
    );
    return {
      v6: shrink(readCifar101(versions.v6), side),
      v4: shrink(readCifar101(versions.v4), side),
      digest: digestOf(files),
    };
  },
});
