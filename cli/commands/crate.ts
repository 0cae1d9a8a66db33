/**
 * `crate`: a run as an RO-Crate: its code, artifacts and what was executed, in
 * a form that other tools can read.
 *
 * @module
 */
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { folderState } from "../../engine/define/folder_state.ts";
import { runHistory } from "../../engine/store/run_history.ts";
import { profileNamed, STORE } from "../arguments/options.ts";
import {
  crateEntities,
  crateMetadata,
  METADATA,
  REGISTRY,
  RUN,
} from "../../provenance/crate/crate_metadata.ts";
import { CODE } from "../../provenance/crate/entity.ts";
import { runForOthers } from "../../provenance/crate/run_for_others.ts";
import { madePipelines } from "../../provenance/lineage/made_pipeline.ts";
import { writeTexts } from "../display/line.ts";
import { count } from "../display/quantities.ts";
import { pathFrom, storeToRead } from "../named/places.ts";
import { projectOf } from "../named/projects.ts";
import { runNamed } from "../named/run_named.ts";
import { outcomeOf } from "../../publishing/run_outcome.ts";
import type { Shell } from "../shell/shell.ts";
import { UsageError } from "../arguments/usage_error.ts";
import { place, text } from "../arguments/value_kinds.ts";
import type { Asked, Words } from "../arguments/words.ts";

/** The options of `crate`, and the words beside them. */
export const words = {
  to: {
    value: place("DIR", { access: ["read", "write"] }),
    needed: true,
    help: "Folder of the crate: new or empty.",
  },
  withoutArtifacts: {
    help: "Names artifacts by their digest instead of copying them.",
  },
  run: {
    positional: true,
    value: text("RUN"),
    default: "latest",
    help:
      "Id of the run or the beginning of one, latest or previous (default: latest).",
  },
  store: STORE,
} as const satisfies Words;

/** @returns the exit code */
export async function run(
  command: Asked<typeof words>,
  shell: Shell,
): Promise<number> {
  const { root, version } = shell;
  const store = await storeToRead(shell, command.store);
  const historic = runForOthers(
    runNamed(command.run, runHistory(store).list()),
    { root, store },
  );
  const project = await projectOf(shell, { store });
  const pipelines = madePipelines((await shell.registry()).pipelines, {
    project,
    profile: profileNamed(historic.profile),
    keysOf(name) {
      const stages = historic.pipelines[name]?.stages;
      return stages && ((stage) => stages[stage]?.key);
    },
  });
  const modules = pipelines.map(({ open }) => open.module);
  if (modules.length === 0) {
    const names = Object.keys(historic.pipelines).join(", ");
    throw new Error(
      `Cannot make a crate of run ${historic.id}: none of its pipelines (${names}) exists any more`,
    );
  }
  if (modules.length > 1) {
    modules.push(pathToFileURL(join(root, REGISTRY)).href);
  }
  const folder = resolve(shell.folder, command.to);
  const write = await newFolder(folder, command.to);
  const code = await project.codeOf(modules);
  const encoder = new TextEncoder();
  await write(RUN, encoder.encode(JSON.stringify(historic, null, 2)));
  for (const path of code.keys()) {
    await write(CODE + path, await Deno.readFile(join(root, path)));
  }
  const entities = crateEntities({
    run: historic,
    outcome: outcomeOf(historic),
    pipelines,
    root,
    code,
    withArtifacts: !command.withoutArtifacts,
    version,
  });
  const artifacts = entities.filter((one) =>
    one["@id"].startsWith("artifacts/")
  );
  for (const { "@id": path, sha256 } of artifacts) {
    await write(path, await project.store.object(`${sha256}`));
  }
  // Last: without it the folder is no crate.
  await write(METADATA, encoder.encode(crateMetadata(entities)));
  const path = pathFrom(shell.folder, join(folder, METADATA));
  const files = count(code.size, "file");
  const held = count(artifacts.length, "artifact");
  writeTexts([
    `Run ${historic.id} as an RO-Crate: ${path}, ${files} of code, ${held}`,
  ], shell.stdout);
  return 0;
}

/** Makes a folder, or says why not; gives what writes a file of it. */
async function newFolder(folder: string, name: string) {
  const isNoPlace = (state: string) =>
    new UsageError(
      `Cannot write a crate to "${name}": ${state}; name a new folder, or an empty one`,
    );
  const failed = (cause: Error): never => {
    if (cause instanceof Deno.errors.AlreadyExists) {
      throw isNoPlace("it is a file");
    }
    const state = folderState(cause, { option: "--to" }) ?? cause.message;
    throw new Error(`Cannot write a crate to "${name}": ${state}`, { cause });
  };
  await Deno.mkdir(folder, { recursive: true }).catch(failed);
  for await (const { name: found } of Deno.readDir(folder)) {
    throw isNoPlace(`it holds "${found}"`);
  }
  return async (path: string, content: Uint8Array): Promise<void> => {
    const target = join(folder, path);
    await Deno.mkdir(dirname(target), { recursive: true }).catch(failed);
    await Deno.writeFile(target, content).catch(failed);
  };
}
