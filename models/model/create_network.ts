import type { Model, ModelOptions, Network, NetworkOptions } from "./model.ts";

/**
 * A network of a model for some images.
 *
 * @throws {TypeError} if an option is unknown or has a wrong value, or the head is for another number of classes
 */
export async function createNetwork(
  { model, modelOptions, images: { shape, classes }, seed }: {
    readonly model: Model;
    readonly modelOptions?: ModelOptions | undefined;
    readonly images: {
      readonly shape: NetworkOptions["inputShape"];
      readonly classes: readonly string[];
    };
    readonly seed: number;
  },
): Promise<Network> {
  const network = await model.create({
    inputShape: shape,
    classes: classes.length,
    seed,
    ...(modelOptions === undefined ? {} : { options: modelOptions }),
  });
  const { parameters, head } = network;
  // A loss over more or fewer logits than classes would read what is none of them.
  if (head.some((name) => parameters[name]?.shape.at(-1) === classes.length)) {
    return network;
  }
  network.dispose();
  const found = head.map((name) =>
    `"${name}" has shape [${parameters[name]?.shape ?? "of nothing"}]`
  );
  throw new TypeError(
    `Cannot use model "${model.name}" for ${classes.length} classes: no parameter of its head ends in ${classes.length}; ${
      found.join(", ") || "it names none"
    }`,
  );
}
