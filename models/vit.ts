/**
 * A small vision transformer.
 *
 * @module
 */
import { define } from "../engine/define/definition.ts";
import { later } from "../engine/define/later.ts";
import { type Model, modelOptions } from "./model/model.ts";

const network = later<typeof import("./networks/vit.ts")>(
  import.meta.resolve("./networks/vit.ts"),
);

const defaults = { patch: 4, width: 64, layers: 4, heads: 4, inner: 128 };

const create: Model["create"] = async ({ options, ...rest }) =>
  (await network()).createVit(rest, modelOptions(defaults, options));

/** A vision transformer over patches of 4×4 pixels: 141,898 parameters for ten classes of 32×32 images. */
export const vit: Model = define(import.meta.url, "vit", {
  name: "vit",
  title: "ViT, small",
  description:
    "Patches of 4×4 pixels embedded in 64 dimensions with learned positions; four transformer blocks with layer normalisation in front, four heads and GELU; the mean over the normalised tokens and a dense layer. Inputs are normalised by channel.",
  defaults,
  create,
});
