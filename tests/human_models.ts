/** The optional weights, where they are installed. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { centerNet, HUMAN_MODELS } from "../data/datasets/human_models.ts";

const installed = centerNet.files.every(({ name }) =>
  existsSync(join(HUMAN_MODELS, name))
);

/** For `Deno.test`: skips a test that reads the weights where there are none. */
export const needsWeights: { readonly ignore: boolean } = {
  ignore: !installed,
};

/** For the name of such a test. */
export const IF_WEIGHTS = installed
  ? ""
  : ` (skipped: "${centerNet.install}" was not run)`;
