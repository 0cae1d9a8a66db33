/**
 * `export`: a part of the store as one archive.
 *
 * @module
 */
import { resolve } from "node:path";
import {
  type ArchiveParts,
  isArchive,
  type Packed,
  packStore,
} from "../../engine/store/pack_store.ts";
import { listed } from "../../engine/define/listed.ts";
import { PROFILES } from "../../engine/define/pipeline.ts";
import { keysOfRuns, runHistory } from "../../engine/store/run_history.ts";
import { DamagedObjectError, openStore } from "../../engine/store/store.ts";
import {
  contentsOf,
  type StoreContents,
} from "../../engine/store/store_contents.ts";
import { byteSize } from "../../reports/value/wording.ts";
import { writeTexts } from "../display/line.ts";
import { pipelinesNamed } from "../named/pipelines.ts";
import { count } from "../display/quantities.ts";
import { PIPELINES, PROFILE, STORE } from "../arguments/options.ts";
import { runNamed } from "../named/run_named.ts";
import type { Shell } from "../shell/shell.ts";
import { existingStore } from "../named/places.ts";
import {
  placesOfWhole,
  whyUnwritten,
  writeWhole,
} from "../named/write_whole.ts";
import { UsageError } from "../arguments/usage_error.ts";
import { place, text } from "../arguments/value_kinds.ts";
import type { Asked, Words } from "../arguments/words.ts";

/** The options of `export`, and the words beside them. */
export const words = {
  pipelines: PIPELINES,
  profile: PROFILE,
  run: {
    value: text("ID"),
    help:
      "Packs what a run made or used, instead of what pipelines use now: an id or the beginning of one, latest or previous.",
  },
  to: {
    value: place("FILE", {
      access: ["read", "write"],
      paths: placesOfWhole,
    }),
    default: "shiftline-store.tar",
    help: "The archive; - is standard output (default: shiftline-store.tar).",
  },
  store: STORE,
} as const satisfies Words;

/** What a line asks of `export`. */
type Export = Asked<typeof words>;

/** @returns the exit code */
export async function run(command: Export, shell: Shell): Promise<number> {
  const folder = await existingStore(shell, command.store);
  const name = command.to;
  await refuseOther(name, shell);
  if (command.run !== undefined && command.pipelines.length > 0) {
    throw new UsageError(
      `Cannot export ${
        listed(command.pipelines)
      } of one run: a run is packed whole; leave out --run, or the names`,
    );
  }
  // Without the lock, since a store may be one that may only be read: what is
  // named is there, whatever else is being written.
  const store = await openStore(folder);
  const contents = contentsOf(folder);
  const parts = command.run === undefined
    ? await partsOfPipelines(command, { shell, contents })
    : partsOfRun(command.run, folder);
  const archive = packStore(store, contents, parts);
  if (name === "-") {
    await write(archive, (bytes) => {
      shell.signal.throwIfAborted();
      shell.stdout.write(bytes);
    });
    return 0;
  }
  const { records, artifacts, size } = await writeFile(archive, {
    name,
    shell,
  });
  writeTexts([
    `Wrote ${name}: ${count(records, "stage")}, ${
      count(artifacts, "artifact")
    }, ${byteSize(size)}`,
  ], shell.stdout);
  return 0;
}

async function partsOfPipelines(
  { pipelines: named, profile }: Export,
  { shell, contents }: {
    readonly shell: Shell;
    readonly contents: StoreContents;
  },
): Promise<ArchiveParts> {
  const { pipelines } = await shell.registry();
  const all = pipelinesNamed(named, pipelines).map(({ name }) => name);
  const names = all.map((name) => `${name}.${profile}`)
    .filter((name) => contents.lastKeys.has(name));
  const lacking = all.filter((name) => !names.includes(`${name}.${profile}`));
  if (named.length > 0 && names.length > 0 && lacking.length > 0) {
    writeTexts([
      `Left out, since none of its stages has run at profile ${profile} on this store: ${
        listed(lacking)
      }`,
    ], shell.stderr);
  }
  if (names.length === 0) {
    const other = PROFILES.find((one) =>
      all.some((name) => contents.lastKeys.has(`${name}.${one}`))
    );
    throw new UsageError(
      `Cannot export ${
        named.length === 0 ? "any pipeline" : named.join(", ")
      } at profile ${profile}: none of its stages has run on this store; ${
        other === undefined
          ? "run them with deno task reproduce"
          : `some have at profile ${other}: add --profile ${other}`
      }`,
    );
  }
  const keys = names.flatMap((name) =>
    Object.values(contents.lastKeys.get(name) ?? {})
  );
  return { keys: new Set(keys), pipelines: names, runs: [] };
}

function partsOfRun(name: string, folder: string): ArchiveParts {
  const run = runNamed(name, runHistory(folder).list());
  return { keys: keysOfRuns([run]), pipelines: [], runs: [run.id] };
}

/** Endings of archives that are no plain tar. */
const OTHER_FORMATS = /\.(zip|7z|rar|(tar\.)?(gz|bz2|xz|zst)|tgz)$/i;

/**
 * Sees to it that no file is lost but an earlier archive, and that none is
 * called what it is not.
 *
 * @throws {UsageError} if another one is there, or the name is that of another format
 */
async function refuseOther(name: string, { folder }: Shell): Promise<void> {
  if (name === "-") return;
  const [ending] = OTHER_FORMATS.exec(name) ?? [];
  if (ending !== undefined) {
    throw new UsageError(
      `Cannot write archive "${name}": export writes plain tar, not ${ending}; name a file that ends in .tar with --to`,
    );
  }
  const path = resolve(folder, name);
  const there = await Deno.stat(path).catch(() => undefined);
  if (there === undefined || (there.isFile && there.size === 0)) return;
  if (there.isFile && await isArchive(path).catch(() => false)) return;
  throw new UsageError(
    `Cannot write archive "${name}": ${
      there.isDirectory
        ? "it is a folder; name a file in it"
        : "there is a file that export did not write; name another"
    } with --to`,
  );
}

/** A file that is written in full or not at all; somebody who stops that leaves nothing of it. */
async function writeFile(
  archive: AsyncGenerator<Uint8Array, Packed>,
  { name, shell: { folder, signal } }: {
    readonly name: string;
    readonly shell: Shell;
  },
): Promise<Written> {
  try {
    return await writeWhole(
      resolve(folder, name),
      (put) => write(archive, put),
      { signal },
    );
  } catch (cause) {
    throw new Error(
      `Cannot write archive "${name}": ${
        whyUnwritten(cause, { name, option: "--to" })
      }${
        cause instanceof DamagedObjectError
          ? "; deno task reproduce makes it again"
          : ""
      }`,
      { cause },
    );
  }
}

/** What was packed, and the bytes that it takes. */
interface Written extends Packed {
  readonly size: number;
}

async function write(
  archive: AsyncGenerator<Uint8Array, Packed>,
  to: (bytes: Uint8Array) => Promise<void> | void,
): Promise<Written> {
  for (let size = 0;;) {
    const { done, value } = await archive.next();
    if (done) return { ...value, size };
    await to(value);
    size += value.length;
  }
}
