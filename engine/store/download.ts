/**
 * Downloads: one file over https, with a limit of size, patience that ends, and
 * another attempt where that may help.
 *
 * @module
 */

/** How long a download may take, in milliseconds. */
export interface Patience {
  /** Time from the start until the last attempt is answered. */
  readonly total: number;
  /** Time until one attempt is answered. */
  readonly answer: number;
  /** Time between two pieces of the body. */
  readonly stall: number;
  /** Times before the second and each later attempt. */
  readonly pauses: readonly number[];
}

/** Patience with which a machine without network gives up in seconds. */
const PATIENCE: Patience = {
  total: 9000,
  answer: 5000,
  stall: 5000,
  pauses: [300, 1000],
};

/** The most bytes of a file: published tables have thousands of rows, not millions. */
const LIMIT = 256_000_000;

/** The bytes of a file, or why there are none. */
export type Download =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array<ArrayBuffer> }
  | Failed;

interface Failed {
  readonly kind: "failed";
  /** What is wrong, e.g. `the server answers 404`. */
  readonly state: string;
  /** Whether the server did not answer at all. */
  readonly isSilent: boolean;
  /** Status of the answer of the server, if it gave one that was not the file. */
  readonly status?: number | undefined;
}

/** An attempt; `again` if another one may go better. */
type Attempt = Download & { readonly again?: boolean };

/** What ends a download, and how much it may take. */
export interface DownloadOptions {
  /** Raised to end the download. */
  readonly signal: AbortSignal;
  /** The most bytes that the file may have. */
  readonly limit?: number | undefined;
  readonly patience?: Patience | undefined;
}

/**
 * Downloads a file. Redirects are not followed: they could lead anywhere.
 *
 * @throws the reason of the signal, if it ends the download
 * @throws {Deno.errors.NotCapable} if Deno may not connect to this host
 */
export async function download(
  url: string,
  { signal, limit = LIMIT, patience = PATIENCE }: DownloadOptions,
): Promise<Download> {
  const end = performance.now() + patience.total;
  for (let i = 0;; i++) {
    const { again = false, ...result } = await attempt(url, {
      signal,
      limit,
      answer: Math.min(patience.answer, end - performance.now()),
      stall: patience.stall,
    });
    const wait = patience.pauses[i];
    if (!again || wait === undefined || performance.now() + wait >= end) {
      return result;
    }
    await pause(wait, signal);
  }
}

async function attempt(
  url: string,
  { signal, limit, answer, stall }: {
    readonly signal: AbortSignal;
    readonly limit: number;
    readonly answer: number;
    readonly stall: number;
  },
): Promise<Attempt> {
  signal.throwIfAborted();
  const deadline = deadlineAfter(answer, signal);
  let hasAnswered = false;
  try {
    const response = await fetch(url, {
      redirect: "manual",
      signal: deadline.signal,
    });
    hasAnswered = true;
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      return refusal(response);
    }
    const chunks: Uint8Array[] = [];
    let size = 0;
    deadline.extend(stall);
    for await (const chunk of response.body) {
      deadline.extend(stall);
      size += chunk.length;
      if (size > limit) {
        return failed(`it has more than ${limit} bytes`, { isSilent: false });
      }
      chunks.push(chunk);
    }
    return { kind: "bytes", bytes: joined(chunks, size) };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof Deno.errors.NotCapable) throw error;
    return {
      ...failed(
        deadline.signal.aborted
          ? hasAnswered ? "the server stopped sending" : "no answer in time"
          : connectionState(error),
        { isSilent: !hasAnswered },
      ),
      again: true,
    };
  } finally {
    deadline.clear();
  }
}

/** What an answer without the file means. */
function refusal({ status, headers }: Response): Attempt {
  const to = headers.get("location");
  const redirect = status >= 300 && status < 400 && to !== null;
  return {
    ...failed(
      `the server answers ${status}${redirect ? `, go to ${to}` : ""}`,
      { isSilent: false, status },
    ),
    // RFC 9110 section 15: request timeout, too many requests, server errors.
    again: status === 408 || status === 429 || status >= 500,
  };
}

function failed(
  state: string,
  about: Pick<Failed, "isSilent" | "status">,
): Failed {
  return { kind: "failed", state, ...about };
}

/** What remains of a cause like `error sending request for url (…): client error (Connect): dns error: …`. */
function connectionState(error: unknown): string {
  let innermost = error;
  while (innermost instanceof Error && innermost.cause instanceof Error) {
    innermost = innermost.cause;
  }
  const message = innermost instanceof Error
    ? innermost.message
    : String(innermost);
  const detail = message
    .replace(/^error sending request for url \([^)]*\)(: )?/, "")
    .replace(/^client error \(\w+\)(: )?/, "");
  return detail === "" ? "no connection" : `no connection (${detail})`;
}

function joined(
  chunks: readonly Uint8Array[],
  size: number,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** A signal that is raised with another one, or when time is up. */
function deadlineAfter(milliseconds: number, signal: AbortSignal) {
  const controller = new AbortController();
  const abort = () => controller.abort();
  let timer = setTimeout(abort, milliseconds);
  signal.addEventListener("abort", abort, { once: true });
  return {
    signal: controller.signal,
    /** Lets the time start anew. */
    extend(milliseconds: number) {
      clearTimeout(timer);
      timer = setTimeout(abort, milliseconds);
    },
    clear() {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
    },
  };
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  const deadline = deadlineAfter(milliseconds, signal);
  const { promise, resolve } = Promise.withResolvers<void>();
  deadline.signal.addEventListener("abort", () => resolve(), { once: true });
  await promise;
  deadline.clear();
  signal.throwIfAborted();
}
