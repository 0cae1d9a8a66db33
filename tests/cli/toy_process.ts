/** The command line with toy pipelines, as a process of its own. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { type Outcome, ROOT } from "./rig.ts";

const MAIN = join(ROOT, "tests/cli/toy_main.ts");

/** A process that was started. */
interface ToyProcess extends AsyncDisposable {
  readonly child: Deno.ChildProcess;
  /** Folder that it works in. */
  readonly folder: string;
  /** Reads the output up to some text. */
  until(text: string): Promise<void>;
  /** Reads no more of the output, which is closed, as `head` does. */
  leave(): Promise<void>;
  /** Waits for the end. */
  outcome(): Promise<Outcome>;
}

/** Starts a process in a folder of its own; both go when it is disposed of. */
export async function start(
  words: readonly string[],
  { writable = "{}", wrapper = [] }: {
    /** Folder that may be written, `{}` for its own. */
    readonly writable?: string | undefined;
    /** Words before the command. */
    readonly wrapper?: readonly string[];
  } = {},
): Promise<ToyProcess> {
  // On macOS the folder of temporary ones is a link.
  const folder = await Deno.realPath(
    await Deno.makeTempDir({ prefix: "cli-process-" }),
  );
  const command = [
    ...wrapper.map((word) => word.replaceAll("{}", folder)),
    ...[Deno.execPath(), "run", "--no-prompt", "--no-check", "--allow-read"],
    ...["--config", join(ROOT, "deno.json")],
    `--allow-write=${writable.replace("{}", folder)}`,
    ...["--allow-net=127.0.0.1", MAIN, ...words],
  ];
  const [program = "", ...args] = command;
  const child = new Deno.Command(program, {
    args,
    cwd: folder,
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let stdout = "";
  const errors = new Response(child.stderr).text();

  return {
    child,
    folder,
    async until(text: string): Promise<void> {
      while (!stdout.includes(text)) {
        const { value, done } = await reader.read();
        assert(!done, `the process ended before it said "${text}": ${stdout}`);
        stdout += value;
      }
    },
    leave: () => reader.cancel(),
    async outcome(): Promise<Outcome> {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        stdout += value;
      }
      const { code } = await child.status;
      return { code, stdout, stderr: await errors };
    },
    async [Symbol.asyncDispose]() {
      try {
        child.kill("SIGKILL");
      } catch {
        // It has ended, as it should.
      }
      await reader.cancel();
      await child.status;
      await Deno.remove(folder, { recursive: true });
    },
  };
}
