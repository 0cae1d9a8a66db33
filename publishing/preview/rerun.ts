/**
 * Runs `reproduce` in a process of its own, so that it sees the code as it is
 * now.
 *
 * @module
 */

/** An event that a run prints as a line of JSON. */
export interface RunNews {
  readonly kind: string;
  readonly pipeline?: string;
  readonly stage?: string;
  readonly seconds?: number;
}

/** How a run ended: its exit code, and what it wrote to its standard error. */
export interface RunEnd {
  readonly code: number;
  readonly errors: string;
}

/** A run in a process of its own. */
export interface Rerun {
  readonly end: Promise<RunEnd>;
  /** Stops it; finished stages are kept. */
  stop(): Promise<void>;
}

/**
 * Starts a run.
 *
 * @param command the words that start this program, and after them `reproduce` with its options
 */
export function rerun(
  command: readonly string[],
  { folder, onNews }: {
    /** The folder that the run starts in. */
    readonly folder: string;
    readonly onNews: (news: RunNews) => void;
  },
): Rerun {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...command],
    cwd: folder,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const errors = new Response(child.stderr).text();
  const read = readLines(child.stdout, (line) => {
    const news = newsIn(line);
    if (news !== undefined) onNews(news);
  });
  return {
    end: (async () => {
      const [{ code }, text] = await Promise.all([child.status, errors, read]);
      return { code, errors: withoutWarnings(text) };
    })(),
    async stop() {
      try {
        child.kill("SIGINT");
      } catch {
        // It has ended already.
      }
      await child.status;
    },
  };
}

async function readLines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  onLine: (line: string) => void,
): Promise<void> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  }
}

function newsIn(line: string): RunNews | undefined {
  try {
    const news = JSON.parse(line);
    return typeof news?.kind === "string" ? news : undefined;
  } catch {
    return undefined; // not ours
  }
}

/** What Deno says of its own experimental features is no error of the run. */
function withoutWarnings(text: string): string {
  return text.split("\n").filter((line) => !/^\S*Warning/.test(line))
    .join("\n").trim();
}
