/**
 * `verify`: runs stages again, or checks the files of a site.
 *
 * @module
 */
import type { Verify } from "../grammar/verify.ts";
import type { Shell } from "../shell.ts";
import { verifyStages } from "../verify_stages.ts";

export { words } from "../grammar/verify.ts";

/** @returns the exit code */
export async function run(command: Verify, shell: Shell): Promise<number> {
  return await verifyStages(command, shell);
}
