/**
 * A small multilayer perceptron.
 *
 * @module
 */
import { define } from "../engine/define/definition.ts";
import { later } from "../engine/define/later.ts";
import { type Model, modelOptions } from "./model/model.ts";

const network = later<typeof import("./networks/mlp.ts")>(
  import.meta.resolve("./networks/mlp.ts"),
);

const defaults = { width: 128, layers: 2 };

const create: Model["create"] = async ({ options, ...rest }) =>
  (await network()).createMlp(rest, modelOptions(defaults, options));

/** Dense layers with ReLU, over the pixels as one vector. */
export const mlp: Model = define(import.meta.url, "mlp", {
  name: "mlp",
  title: "Multilayer perceptron",
  description:
    "Dense layers with ReLU over all pixels of the image, then a dense layer to the classes. Inputs are normalised by channel.",
  defaults,
  create,
});
