/** A server on this machine that answers as a test says, and counts requests. */
export interface FileServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** Paths that were asked for. */
  readonly requests: readonly string[];
}

/** Serves answers by path; everything else is not found. */
export function serveFiles(
  answers: Readonly<
    Record<string, (request: Request) => Response | Promise<Response>>
  >,
): FileServer {
  const requests: string[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) => {
      const { pathname } = new URL(request.url);
      requests.push(pathname);
      return answers[pathname]?.(request) ??
        new Response("nothing here", { status: 404 });
    },
  );
  return {
    origin: `http://127.0.0.1:${server.addr.port}`,
    requests,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
