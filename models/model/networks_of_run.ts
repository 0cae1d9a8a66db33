import type { Model, ModelOptions } from "./model.ts";
import type { Weights } from "./weights.ts";

/** Networks of one run: its checkpoints, or the finished one. */
export interface NetworksOfRun {
  /** Name of the run, e.g. `scratch, seed 101`. */
  readonly name: string;
  /** Seed of the run. */
  readonly seed: number;
  readonly model: Model;
  readonly modelOptions: ModelOptions;
  /** Weights by epoch, or under `final`. */
  readonly networks: Readonly<Record<string, Weights>>;
}

/** A network, and the epoch that it is of; none of the finished one. */
export interface NetworkOfEpoch {
  readonly epoch: number | undefined;
  readonly weights: Weights;
}

/**
 * Networks by epoch as a number ("10" would come before "9" as text), the
 * finished one last.
 *
 * @param options.to what is done with a network, for the error: "evaluate"
 * @throws {TypeError} if one is named neither after an epoch nor "final"
 */
export function byEpoch(
  networks: NetworksOfRun["networks"],
  { to }: { readonly to: string },
): readonly NetworkOfEpoch[] {
  return Object.entries(networks)
    .map(([name, weights]) => {
      if (name === "final") return { epoch: undefined, weights };
      if (!/^\d+$/.test(name)) {
        throw new TypeError(
          `Cannot ${to} network "${name}": it is named neither after an epoch nor "final"`,
        );
      }
      return { epoch: Number(name), weights };
    })
    .sort((a, b) => (a.epoch ?? Infinity) - (b.epoch ?? Infinity) || 0);
}
