/**
 * A shift of one's own: images that `deno task pack` has written to `own/`.
 * What stands here is for its owner to change.
 *
 * @module
 */
import { define } from "../../engine/define/definition.ts";
import type { PackedImages } from "./packed_images.ts";

/** The images that `deno task pack` wrote to `own/`. */
export const ownImages: PackedImages = define(import.meta.url, "ownImages", {
  title: "Images of one's own",
  files: {
    reference: new URL("../../own/reference.safetensors", import.meta.url),
    test: new URL("../../own/test.safetensors", import.meta.url),
    shifted: new URL("../../own/shifted.safetensors", import.meta.url),
  },
});
