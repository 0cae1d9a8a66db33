/**
 * `publish`: writes what the store holds as a folder for any static host. Runs
 * nothing.
 *
 * @module
 */
import { resolve } from "node:path";
import type { Reproduced } from "../../engine/run/open_pipeline.ts";
import { pathBelow } from "../../engine/define/path_below.ts";
import type { AnyPipeline, ProfileName } from "../../engine/define/pipeline.ts";
import type { Project } from "../../engine/run/project.ts";
import { readStored } from "../../engine/history/read_stored.ts";
import { runHistory } from "../../engine/store/run_history.ts";
import { DamagedObjectError } from "../../engine/store/store.ts";
import type { Report } from "../../reports/value/report.ts";
import { deviceFor, pipelinesAt } from "../named/pipelines.ts";
import { writeTexts } from "../display/line.ts";
import { count } from "../display/quantities.ts";
import { DEVICE, PIPELINES, PROFILE, STORE } from "../arguments/options.ts";
import { pathFrom, storeFolderOf } from "../named/places.ts";
import { projectToRead } from "../named/projects.ts";
import { reproduceCommand } from "../named/reproduce_command.ts";
import { profileOfRun } from "../named/stages.ts";
import { publishedFiles } from "../../publishing/published_files.ts";
import {
  besides,
  ForeignFolderError,
  publishedIn,
  realPathOf,
  replaceSite,
} from "../../publishing/published_folder.ts";
import { publishedAnswers } from "../ask/published_answers.ts";
import type { Shell } from "../shell/shell.ts";
import { siteContent } from "../../publishing/site_content.ts";
import { UsageError } from "../arguments/usage_error.ts";
import { place } from "../arguments/value_kinds.ts";
import {
  type Asked,
  unusable,
  type ValueKind,
  type Words,
} from "../arguments/words.ts";

/** What the store holds of the pipelines, and what it lacks. */
interface Held {
  readonly results: readonly Reproduced<Report>[];
  /** What is missing, by name of the pipeline. */
  readonly missing: ReadonlyMap<string, string>;
}

/** An address of a folder on the web; a slash at its end is added. */
const ADDRESS: ValueKind<string> = {
  metavar: "URL",
  read(given, option) {
    const url = URL.parse(given);
    const isPlain = url !== null && /^https?:$/.test(url.protocol) &&
      `${url.search}${url.hash}${url.username}${url.password}` === "";
    if (isPlain) return url.href.replace(/\/*$/, "/");
    throw unusable(
      option,
      `"${given}" is not the address of a site, such as https://example.org/results/`,
    );
  },
};

/** The options of `publish`, and the words beside them. */
export const words = {
  pipelines: PIPELINES,
  to: {
    value: place("DIR", {
      access: ["read", "write"],
      // What holds the project is refused, and nothing beside it is looked at.
      paths: (folder) =>
        contains(folder, Deno.cwd())
          ? [folder]
          : [folder, ...Object.values(besides(realPathOf(folder)))],
    }),
    needed: true,
    help:
      "Folder of the published site: new, empty, or written by publish before.",
  },
  baseUrl: {
    value: ADDRESS,
    help:
      "Address the site will have, for what needs absolute addresses: the sitemap and link previews.",
  },
  answer: {
    value: place("FILE", {
      access: ["read"],
      paths: (file) => [file, file.replace(/\.[^./\\]*$/, "")],
    }),
    repeatable: true,
    help:
      "Puts the answer to a question of your own on the site, named by its file questions/NAME.json; no other answer is published. May be given several times.",
  },
  profile: PROFILE,
  device: DEVICE,
  store: STORE,
} as const satisfies Words;

/** What a line asks of `publish`. */
type Publish = Asked<typeof words>;

/** @returns the exit code: 1 if a pipeline that was named is missing, or all are */
export async function run(command: Publish, shell: Shell): Promise<number> {
  const { stdout, stderr } = shell;
  const registry = await shell.registry();
  const { profile } = command;
  const { pipelines, leftOut } = pipelinesAt(command.pipelines, {
    ...registry,
    profile,
  });
  if (leftOut !== undefined) writeTexts([leftOut], stderr);
  const folder = resolve(shell.folder, command.to);
  const name = pathFrom(shell.folder, folder);
  refuseOwn(command, shell);
  const answers = await publishedAnswers(command.answer, shell);
  const before = await publishedIn(folder).catch((cause) => {
    if (!(cause instanceof ForeignFolderError)) throw cause;
    throw new UsageError(cause.message, { cause });
  });
  const device = await deviceFor(command.device, registry);
  const project = await projectToRead(shell, {
    store: command.store,
    environments: [device.environment],
  });
  const { results, missing } = await readAll(pipelines, { project, profile });
  for (const [pipeline, state] of missing) {
    const line =
      `Not in the store: ${pipeline} at profile ${profile}, ${state}; run \`${
        reproduceCommand([pipeline], command)
      }\``;
    const other = profileOfRun(pipeline, { profile, store: project.store });
    writeTexts([
      other === undefined
        ? line
        : `${line}; it has run at profile ${other}: add --profile ${other}`,
    ], stderr);
  }
  const lost = command.pipelines.length > 0 || before.kind === "nothing"
    ? undefined
    : [...missing.keys()].find((pipeline) =>
      `${pipeline}/index.html` in before.manifest.files
    );
  if (lost !== undefined) {
    throw new Error(
      `Cannot publish to "${name}": it shows ${lost}, which is not in the store; run \`${
        reproduceCommand([lost], command)
      }\` first, or name the pipelines to publish`,
    );
  }
  if (
    results.length === 0 || (command.pipelines.length > 0 && missing.size > 0)
  ) {
    throw new Error(
      `Cannot publish to "${name}": ${
        count(missing.size, "pipeline")
      } of ${pipelines.length} ${
        missing.size === 1 ? "is" : "are"
      } not in the store; run \`${
        reproduceCommand(
          command.pipelines.length > 0 ? [...missing.keys()] : [],
          command,
        )
      }\``,
    );
  }
  const { files, id, kept } = await publishedFiles({
    content: {
      ...await siteContent(results, {
        root: shell.root,
        siteModule: shell.siteModule,
        project,
        profile,
        device,
        clock: shell.clock,
      }),
      answers,
    },
    render: await shell.site(),
    baseUrl: command.baseUrl,
    before,
    folder,
    results,
    profile,
  });
  await replaceSite(folder, files, before);
  writeTexts([
    `Published ${count(results.length, "pipeline")}${
      answers.length === 0 ? "" : ` and ${count(answers.length, "answer")}`
    } at profile ${profile} to ${name}: ${
      count(files.size, "file")
    }, this run at runs/${id}/${
      kept === 0 ? "" : `, ${count(kept, "earlier run")} kept`
    }`,
  ], stdout);
  return 0;
}

/**
 * Refuses to publish over the project or among the files of its store.
 *
 * @throws {UsageError} if the folder holds one of them, or is in the store
 */
function refuseOwn({ to, store }: Publish, shell: Shell): void {
  const folder = resolve(shell.folder, to);
  const stored = storeFolderOf(shell, store);
  const state = contains(folder, shell.root)
    ? "the project is there"
    : contains(folder, stored) || contains(stored, folder)
    ? `the store "${pathFrom(shell.folder, stored)}" is there`
    : undefined;
  if (state === undefined) return;
  throw new UsageError(
    `Cannot publish to "${to}": ${state}; name a folder of its own with --to`,
  );
}

/** Whether a folder is another one, or has it in it. */
function contains(folder: string, other: string): boolean {
  return pathBelow(realPathOf(resolve(folder)), realPathOf(other)) !==
    undefined;
}

async function readAll(
  pipelines: readonly AnyPipeline<Report>[],
  { project, profile }: {
    readonly project: Project;
    readonly profile: ProfileName;
  },
): Promise<Held> {
  const runs = runHistory(project.store.folder).list();
  const results: Reproduced<Report>[] = [];
  const missing = new Map<string, string>();
  for (const pipeline of pipelines) {
    const open = project.open(pipeline, profile);
    try {
      const stored = await readStored(open, { runs });
      if (stored.kind === "missing") {
        const total = count(open.graph.nodes.length, "stage");
        missing.set(
          pipeline.name,
          `${stored.stages.length} of ${total} missing`,
        );
      } else if (stored.done.output.kind === "value") {
        results.push(stored.done);
      } else {
        const [first] = stored.done.output.missing;
        missing.set(pipeline.name, `stage "${first?.stage}" failed`);
      }
    } catch (error) {
      if (!(error instanceof DamagedObjectError)) throw error;
      missing.set(
        pipeline.name,
        `artifact ${error.digest.slice(0, 12)} is damaged`,
      );
    }
  }
  return { results, missing };
}
