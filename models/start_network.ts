import { writeWeights } from "./device_weights.ts";
import type { Network } from "./model.ts";
import type { TrainingRecipe } from "./training_options.ts";
import { everything } from "./training_state.ts";

/**
 * The network that a training starts with: new, or with what the recipe
 * carries over from the weights of another.
 *
 * @throws {TypeError} if there is nothing to carry over, or it is of another shape
 */
export async function startNetwork(
  recipe: TrainingRecipe,
): Promise<Network> {
  const { model, modelOptions, images, seed, from, carry } = recipe;
  if (from === undefined && carry !== undefined) {
    throw new TypeError(
      `Cannot carry over "${carry}": there are no weights to start from`,
    );
  }
  const network = await model.create({
    inputShape: images.shape,
    classes: images.classes.length,
    seed,
    ...(modelOptions === undefined ? {} : { options: modelOptions }),
  });
  if (from === undefined) return network;
  try {
    if (carry === "all") checkHead(network, { recipe });
    const variables = everything(network);
    writeWeights(variables, {
      weights: from,
      names: Object.keys(variables)
        .filter((name) => carry === "all" || !network.head.includes(name)),
    });
  } catch (cause) {
    network.dispose();
    throw cause;
  }
  return network;
}

/** Heads are for a number of classes: say so, not only which shapes differ. */
function checkHead(
  { parameters, head }: Network,
  { recipe: { from, images } }: { readonly recipe: TrainingRecipe },
): void {
  for (const name of head) {
    const shape = parameters[name]?.shape;
    const given = from?.[name]?.shape;
    if (given !== undefined && String(given) !== String(shape)) {
      throw new TypeError(
        `Cannot carry over the head: "${name}" has shape [${given}] and [${shape}] is needed for ${images.classes.length} classes; carry over the "trunk" alone`,
      );
    }
  }
}
