/**
 * Files of weights that a question names, looked at before anything is packed
 * or trained.
 *
 * @module
 */
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import type { GivenWeights } from "../../data/asked/asked_inputs.ts";
import { stateOf } from "../../data/asked/sets/listing.ts";
import {
  residualLayout,
  TRIAL_WIDTHS,
} from "../../data/asked/weights/network_layout.ts";
import { readWeightsFile } from "../../data/asked/weights/weights_file.ts";
import { digestOf } from "../../engine/define/hash.ts";
import type { AskedInput } from "../../reports/site/ask_options.ts";
import { pathFrom } from "../named/places.ts";
import type { Shell } from "../shell/shell.ts";

/** What files of weights hold, or what is wrong with them. */
export interface PreparedWeights {
  readonly weights: readonly GivenWeights[];
  /** What was read, for the page. */
  readonly read: readonly AskedInput[];
  /** What was left out of them, as sentences. */
  readonly leftOut: readonly string[];
  readonly problems: readonly string[];
}

/** Reads files of weights, by their absolute paths. */
export async function preparedWeights(
  paths: readonly string[],
  { folder }: Pick<Shell, "folder">,
): Promise<PreparedWeights> {
  const weights: GivenWeights[] = [];
  const read: AskedInput[] = [];
  const leftOut: string[] = [];
  const problems: (string | readonly string[])[] = [];
  const layout = residualLayout(TRIAL_WIDTHS);
  for (const path of paths) {
    const [name, short] = [basename(path), pathFrom(folder, path)];
    // What they are called beside "photo" and "COCO".
    if (!name.endsWith(".safetensors")) {
      problems.push(
        `Cannot use weights ${short}: the name of the file must end in .safetensors`,
      );
      continue;
    }
    if (weights.some((other) => other.name === name)) {
      problems.push(
        `Cannot use weights ${short}: another file of weights is called ${name}, by which they are told apart; rename one of them`,
      );
      continue;
    }
    let bytes: Uint8Array;
    try {
      bytes = await Deno.readFile(path);
    } catch (cause) {
      problems.push(
        `Cannot use weights ${short}: the file ${stateOf(path, cause)}`,
      );
      continue;
    }
    const found = readWeightsFile(bytes, { name: short, layout });
    if (found.kind === "refused") problems.push(found.problems);
    else if (found.head.length > 0) {
      leftOut.push(
        `The head in ${name} was left out: each network gets a new one, for the classes of these images.`,
      );
    }
    const sha256 = digestOf(bytes);
    const url = pathToFileURL(path).href;
    weights.push({ name, source: { url, sha256, title: short } });
    read.push({ name: "weights", path: short, sha256 });
  }
  return { weights, read, leftOut, problems: problems.flat() };
}
