/**
 * Downloads: one file over https, with a limit of size, patience that ends, and
 * another attempt where that may help. However little a server sends at a time,
 * it must send it at some speed: so a download ends, at the latest after a time
 * that its limit of size gives.
 *
 * @module
 */
import { messageOf } from "../define/message_of.ts";
import { pause } from "./pause.ts";

/** How long a download may take, in milliseconds. */
export interface Patience {
  /** From the start until the last attempt is answered; and of an answer, until its mean speed counts. */
  readonly total: number;
  /** Time until one attempt is answered. */
  readonly answer: number;
  /** Over which a body that still comes must have some speed. */
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

/** In bytes a millisecond, over any `stall`: slower counts as silence. */
const LEAST = 1;

/** In bytes a millisecond, in the mean of a transfer that takes its time. */
export const SLOWEST = 50;

/** In bytes; published tables have thousands of rows, not millions. */
const LIMIT = 256_000_000;

/** In bytes; no more is set aside because a server says that it will come. */
const AT_ONCE = 2 ** 26;

/** The bytes, or why there are none. */
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

/** An attempt, and how many others may go better. */
type Attempt = Download & { readonly more?: number };

/** What ends a download, and how much it may take. */
export interface DownloadOptions {
  /** Raised to end the download. */
  readonly signal: AbortSignal;
  /** The most bytes that the file may have. */
  readonly limit?: number | undefined;
  /** Whether the bytes must come as they are, not compressed; a few of those can become many. */
  readonly plain?: boolean | undefined;
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
  { signal, limit = LIMIT, plain = false, patience = PATIENCE }:
    DownloadOptions,
): Promise<Download> {
  const end = performance.now() + patience.total;
  for (let i = 0;; i++) {
    const { more = 0, ...result } = await attempt(url, {
      signal,
      limit,
      plain,
      patience,
      answer: Math.min(patience.answer, end - performance.now()),
    });
    const wait = patience.pauses[i];
    if (i >= more || wait === undefined || performance.now() + wait >= end) {
      return result;
    }
    await pause(wait, signal);
  }
}

async function attempt(
  url: string,
  { signal, limit, plain, patience, answer }: {
    readonly signal: AbortSignal;
    readonly limit: number;
    readonly plain: boolean;
    readonly patience: Patience;
    readonly answer: number;
  },
): Promise<Attempt> {
  signal.throwIfAborted();
  const deadline = deadlineAfter(answer, signal);
  let pace: Pace | undefined;
  try {
    const response = await fetch(url, {
      redirect: "manual",
      headers: plain ? { "accept-encoding": "identity" } : {},
      signal: deadline.signal,
    });
    deadline.rest();
    pace = paceOf(patience, deadline.end);
    const refused = refusal(response, { limit, plain });
    if (refused !== undefined) {
      await response.body?.cancel();
      return refused;
    }
    const told = Number(response.headers.get("content-length"));
    let bytes = new Uint8Array(Math.min(told || 0, limit, AT_ONCE));
    let size = 0;
    for await (const chunk of response.body ?? []) {
      pace.note(chunk.length);
      const next = size + chunk.length;
      if (next > limit) return tooLarge(limit);
      if (next > bytes.length) {
        bytes = grown(bytes, Math.max(next, Math.min(2 * size, limit)));
      }
      bytes.set(chunk, size);
      size = next;
    }
    return {
      kind: "bytes",
      bytes: size === bytes.length ? bytes : bytes.slice(0, size),
    };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof Deno.errors.NotCapable) throw error;
    const state = deadline.signal.aborted
      ? pace?.state() ?? "no answer in time"
      : pace === undefined
      ? connectionState(error)
      : "the connection broke in the middle of it";
    return {
      ...failed(state, { isSilent: pace === undefined }),
      // A name that is not found, or a port that is closed, seldom is there a second later.
      more: deadline.signal.aborted || pace !== undefined ? Infinity : 1,
    };
  } finally {
    pace?.clear();
    deadline.clear();
  }
}

/** What an answer without the file means; `undefined` if it is the file. */
function refusal(
  { ok, status, headers, url, body }: Response,
  { limit, plain }: { readonly limit: number; readonly plain: boolean },
): Attempt | undefined {
  if (!ok || body === null) {
    const to = status >= 300 && status < 400 ? headers.get("location") : null;
    const isPage = to !== null &&
      /^https?:$/.test(URL.parse(to, url)?.protocol ?? "");
    return {
      ...failed(
        `the server answers ${status}${isPage ? `, go to ${oneLine(to)}` : ""}`,
        { isSilent: false, status },
      ),
      // RFC 9110 section 15: request timeout, too many requests, server errors.
      more: status === 408 || status === 429 || status >= 500 ? Infinity : 0,
    };
  }
  const encoding = headers.get("content-encoding") ?? "identity";
  if (encoding === "identity") {
    return Number(headers.get("content-length")) > limit
      ? tooLarge(limit)
      : undefined;
  }
  return plain
    ? failed(`it is encoded as ${oneLine(encoding)}, which was not asked for`, {
      isSilent: false,
    })
    : undefined;
}

function tooLarge(limit: number): Failed {
  return failed(`it has more than ${limit} bytes`, { isSilent: false });
}

/** What a server says, for people: it may say anything. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, "?").slice(0, 200);
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
  const detail = messageOf(innermost)
    .replace(/^error sending request for url \([^)]*\)(: )?/, "")
    .replace(/^client error \(\w+\)(: )?/, "");
  return detail === "" ? "no connection" : `no connection (${detail})`;
}

function grown(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(size);
  larger.set(bytes);
  return larger;
}

/** How fast a body comes. */
interface Pace {
  /** Notes bytes that have come. */
  note(bytes: number): void;
  /** Why it is too slow. */
  state(): string;
  clear(): void;
}

/** Watches how fast a body comes, and ends what is too slow. */
function paceOf({ total, stall }: Patience, end: () => void): Pace {
  let [all, lately, pieces, ticks] = [0, 0, 0, 0];
  const timer = setInterval(() => {
    const isSlow = all < SLOWEST * (++ticks * stall - total);
    if (lately < LEAST * stall || isSlow) return end();
    lately = pieces = 0;
  }, stall);
  return {
    note(bytes) {
      all += bytes;
      lately += bytes;
      pieces++;
    },
    state: () =>
      pieces < 2 ? "the server stopped sending" : "the server is too slow",
    clear: () => clearInterval(timer),
  };
}

/** A signal that is raised with another one, or when time is up. */
function deadlineAfter(milliseconds: number, signal: AbortSignal) {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, milliseconds);
  signal.addEventListener("abort", abort, { once: true });
  return {
    signal: controller.signal,
    /** Raises it at once. */
    end: abort,
    /** Lets the time pass. */
    rest: () => clearTimeout(timer),
    clear() {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
    },
  };
}
