/**
 * `verify`: runs stages again, or checks the files of a site.
 *
 * @module
 */
import { resolve } from "node:path";
import { DEVICE, JOBS, PROFILE, STORE } from "../arguments/options.ts";
import { isFolderAt, whyNoFolder } from "../named/places.ts";
import type { Shell } from "../shell/shell.ts";
import { UsageError } from "../arguments/usage_error.ts";
import { place, whole } from "../arguments/value_kinds.ts";
import {
  type Asked,
  unusable,
  type ValueKind,
  type Verbosity,
  type Words,
} from "../arguments/words.ts";

/** A number from 0 up. */
const DEVIATION: ValueKind<number> = {
  metavar: "X",
  read(given, option) {
    const value = /^\d*\.?\d+(e-?\d+)?$/.test(given) ? Number(given) : NaN;
    if (Number.isFinite(value)) return value;
    throw unusable(option, `"${given}" is not a number such as 0.001 or 1e-3`);
  },
};

/** The options of `verify`, and the words beside them. */
export const words = {
  targets: {
    positional: true,
    value: place("PIPELINE|SITE", {
      access: ["read"],
      paths: (target) => isPath(target) ? [target] : [],
    }),
    repeatable: true,
    help:
      "Pipelines whose stages are run again (default: all of them), or the folder of a site, whose files are checked against its manifest, and with --key against its signatures.",
  },
  sample: {
    value: whole("N", { min: 1 }),
    help: "Runs only this many stages again, drawn at random.",
  },
  seed: {
    value: whole("N", { min: 0, max: Number.MAX_SAFE_INTEGER }),
    default: 1,
    help: "Seed of that draw (default: 1).",
  },
  tolerance: {
    value: DEVIATION,
    default: 0.001,
    help:
      "How far a number computed on a GPU may deviate: relative above 1, absolute below (default: 0.001).",
  },
  key: {
    value: place("FILE", { access: ["read"] }),
    help: "Public key (PEM) that must have signed the site.",
  },
  profile: PROFILE,
  device: DEVICE,
  jobs: JOBS,
  json: { help: "Prints the outcome of each stage as JSON." },
  store: STORE,
} as const satisfies Words;

/** What a line asks of `verify`. */
type Verify = Asked<typeof words> & Verbosity;

/** @returns the exit code */
export async function run(command: Verify, shell: Shell): Promise<number> {
  const { targets, key } = command;
  const [target] = targets;
  const isThere = target !== undefined &&
    await isFolderAt(resolve(shell.folder, target));
  if (target !== undefined && isPath(target) && !isThere) {
    throw new UsageError(
      `Cannot verify site "${target}": ${
        whyNoFolder(
          resolve(shell.folder, target),
        )
      }`,
    );
  }
  if (
    target === undefined || !isThere ||
    (!isPath(target) && await isPipeline(target, shell))
  ) {
    if (key !== undefined) {
      throw new UsageError(
        target === undefined || isThere
          ? 'Cannot use option "--key": only a site has signatures, and none is named'
          : `Cannot use option "--key" with "${target}": only a site has signatures, and there is no such folder`,
      );
    }
    const { verifyStages } = await import("../verify/verify_stages.ts");
    return await verifyStages(command, shell);
  }
  if (targets.length > 1) {
    throw new UsageError(
      `Cannot verify "${targets[1]}" as well: a site is verified alone`,
    );
  }
  const { verifySite } = await import("../verify/verify_site.ts");
  return await verifySite(target, { key, json: command.json, shell });
}

/** Whether it is written as a folder, and as no pipeline is called. */
function isPath(target: string): boolean {
  return /[./]/.test(target);
}

async function isPipeline(name: string, shell: Shell): Promise<boolean> {
  const { pipelines } = await shell.registry();
  return pipelines.some((pipeline) => pipeline.name === name);
}
