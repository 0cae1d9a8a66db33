/**
 * What may be read while the pipeline of a question runs: code of others is
 * loaded then.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import type { AskedInputs } from "../../data/asked/asked_inputs.ts";
import type { Source } from "../../engine/define/source.ts";

/** What the set "ask" in deno.json permits beside the project, since images and tables are wherever one has them. */
const EVERYWHERE = "/";

/** The files that the stages of a question read. */
function filesOf(inputs: AskedInputs): readonly string[] {
  const sources: readonly (Source | undefined)[] = inputs.kind === "images"
    ? [
      ...Object.values(inputs.sources),
      ...inputs.weights.map(({ source }) => source),
    ]
    : [inputs.predictions, ...Object.values(inputs.features)].flatMap((one) =>
      "url" in one ? [one] : [one.reference, one.shifted]
    );
  return sources.flatMap((source) =>
    source === undefined ? [] : [fileURLToPath(source.url)]
  );
}

/**
 * From now on this process reads the project, these inputs and these folders
 * alone. Images are packed before.
 *
 * @param folders those that it uses, which may be outside of the project
 */
export function readInputsAlone(
  inputs: AskedInputs,
  folders: readonly string[],
): void {
  for (const path of [...filesOf(inputs), ...folders]) {
    // Granted already: asked for by itself it stays when the rest goes.
    Deno.permissions.requestSync({ name: "read", path });
  }
  Deno.permissions.revokeSync({ name: "read", path: EVERYWHERE });
}
