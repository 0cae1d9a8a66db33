import type { Model, ModelOptions } from "./model.ts";
import type { TrainingRecipe } from "./training_options.ts";

/**
 * What networks that are trained in one set of dispatches have in common, as
 * text: all that decides which commands a step consists of, and how many steps
 * there are. They may differ in seed, images of the same shape and number,
 * learning rate, warmup and the weights that they start from.
 */
export function populationShape(recipe: TrainingRecipe): string {
  const { model, modelOptions, images, augmentation, optimizer } = recipe;
  const { epochs, steps, batchSize, labelSmoothing, clipNorm } = recipe;
  const { averageDecay, keepEpochs, trainable } = recipe;
  return JSON.stringify({
    model: model.name,
    modelOptions,
    augmentation: augmentation.name,
    optimizer: { ...optimizer, learningRate: undefined },
    length: { epochs, steps, batchSize },
    loss: { labelSmoothing, clipNorm },
    kept: { averageDecay, keepEpochs, trainable },
    shape: images.shape,
    classes: images.classes.length,
    n: images.labels.length,
  });
}

/** What a network is, whatever it is trained on and how, as text: its programs are mostly the same. */
export function architectureOf(
  { model, modelOptions = {} }: {
    readonly model: Model;
    readonly modelOptions?: ModelOptions | undefined;
  },
): string {
  return JSON.stringify([model.name, modelOptions]);
}
