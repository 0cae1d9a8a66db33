/**
 * `verify`: runs stages again, or checks the files of a site.
 *
 * @module
 */
import { resolve } from "node:path";
import type { Verify } from "../grammar/verify.ts";
import type { Shell } from "../shell.ts";
import { UsageError } from "../usage_error.ts";

/** @returns the exit code */
export async function run(command: Verify, shell: Shell): Promise<number> {
  const { targets, key } = command;
  const [target] = targets;
  const isPath = target !== undefined && /[./]/.test(target);
  const isThere = target !== undefined &&
    await isFolder(resolve(shell.folder, target));
  if (isPath && !isThere) {
    throw new UsageError(
      `Cannot verify site "${target}": there is no such folder`,
    );
  }
  if (
    target === undefined || !isThere ||
    (!isPath && await isPipeline(target, shell))
  ) {
    if (key !== undefined) {
      throw new UsageError(
        'Cannot use option "--key": only a site has signatures, and none is named',
      );
    }
    const { verifyStages } = await import("../verify_stages.ts");
    return await verifyStages(command, shell);
  }
  if (targets.length > 1) {
    throw new UsageError(
      `Cannot verify "${targets[1]}" beside a site: one site at a time`,
    );
  }
  const { verifySite } = await import("../verify_site.ts");
  return await verifySite(target, { command, shell });
}

async function isFolder(path: string): Promise<boolean> {
  return await Deno.stat(path).then(
    ({ isDirectory }) => isDirectory,
    () => false,
  );
}

async function isPipeline(name: string, shell: Shell): Promise<boolean> {
  const { pipelines } = await shell.registry();
  return pipelines.some((pipeline) => pipeline.name === name);
}
