/**
 * What the preview answers: requests to read, made to this machine by one of
 * its own names. A page of another site can reach a port of this machine under
 * a name of its own, which would make the preview part of that site.
 *
 * @module
 */

/** Answers a request. */
type Handler = (request: Request) => Promise<Response>;

/** The names of this machine, with any port. */
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;

/**
 * A handler that passes on what asks to read by a name of this machine, and
 * answers everything else in one line. It never throws: what goes wrong is
 * told to `onError`, and the client hears that something did.
 */
export function localRequests(
  handler: Handler,
  { onError }: { readonly onError: (error: unknown) => void },
): Handler {
  return async (request) => {
    try {
      return refusal(request) ?? await handler(request);
    } catch (error) {
      onError(error);
      return line(500, "This cannot be shown");
    }
  };
}

/** Whether a request may come from a page of another site, as its browser says. */
export function isFromElsewhere({ headers }: Request): boolean {
  const site = headers.get("sec-fetch-site") ?? "same-origin";
  const host = headers.get("host");
  const origin = headers.get("origin") ?? `http://${host}`;
  return site !== "same-origin" && site !== "none" ||
    origin !== `http://${host}`;
}

/** An answer of one line. */
export function line(
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(`${text}\n`, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", ...headers },
  });
}

function refusal(request: Request): Response | undefined {
  const host = request.headers.get("host") ?? "";
  if (!LOOPBACK.test(host)) {
    return URL.canParse(`http://${host}`)
      ? line(421, "The preview answers as 127.0.0.1 and localhost only")
      : line(400, "The request names no host");
  }
  const url = urlOf(request);
  if (url === null) return line(400, "The request has no address");
  // A request may name another host in its first line.
  if (!LOOPBACK.test(url.host)) {
    return line(421, "The preview answers as 127.0.0.1 and localhost only");
  }
  return request.method === "GET" || request.method === "HEAD"
    ? undefined
    : line(405, "The preview can be read only", { allow: "GET, HEAD" });
}

/** The address of a request; Deno makes it of whatever the client sent. */
function urlOf(request: Request): URL | null {
  try {
    return URL.parse(request.url);
  } catch {
    return null;
  }
}
