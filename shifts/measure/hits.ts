/**
 * Hits: which images each network of a run gets right, one by one, so that
 * any part of the images can be looked at without evaluating again.
 *
 * @module
 */
import { z } from "zod";
import type { Codec } from "../../engine/define/codec.ts";
import { define } from "../../engine/define/definition.ts";
import { safetensors } from "../../engine/define/safetensors.ts";

/** One network of a run on some images. */
export interface NetworkHits {
  /** The epoch of a checkpoint; left out for the finished network. */
  readonly epoch?: number | undefined;
  /** 1 where it is right, 0 where it is wrong: [n]. */
  readonly right: Uint8Array;
}

/** The networks of one run on the same images. */
export interface Hits {
  /** Name of the run, e.g. `scratch, seed 101`. */
  readonly name: string;
  /** Seed of the run. */
  readonly seed: number;
  /** Checkpoints by epoch, then the finished network. */
  readonly networks: readonly NetworkHits[];
}

const headSchema = z.strictObject({
  name: z.string().min(1),
  seed: z.int(),
  epochs: z.array(z.int().nonnegative().nullable()),
});

/** Codec of hits: a safetensors file with one array, `right` [network, image] of 0 and 1. */
export const hits: Codec<Hits> = define(import.meta.url, "hits", {
  name: "hits",

  encode({ name, seed, networks }) {
    const n = networks[0]?.right.length ?? 0;
    const right = new Uint8Array(networks.length * n);
    for (const [k, network] of networks.entries()) {
      if (network.right.length !== n) {
        throw new TypeError(
          `Cannot encode hits of "${name}": its networks saw ${n} and ${network.right.length} images`,
        );
      }
      right.set(network.right, k * n);
    }
    const epochs = networks.map(({ epoch }) => epoch ?? null);
    return safetensors.encode({
      arrays: { right: { shape: [networks.length, n], data: right } },
      metadata: { run: JSON.stringify({ name, seed, epochs }) },
    });
  },

  decode(bytes) {
    const { arrays: { right }, metadata } = safetensors.decode(bytes);
    if (!(right?.data instanceof Uint8Array && right.shape.length === 2)) {
      throw new TypeError(
        'Cannot decode hits: the file needs an array "right" [network, image] of 8 bits',
      );
    }
    const { data, shape: [, n = 0] } = right;
    const { name, seed, epochs } = headSchema.parse(
      JSON.parse(metadata["run"] ?? "null"),
    );
    return {
      name,
      seed,
      networks: epochs.map((epoch, k) => ({
        ...(epoch === null ? {} : { epoch }),
        right: data.subarray(k * n, (k + 1) * n),
      })),
    };
  },
});
