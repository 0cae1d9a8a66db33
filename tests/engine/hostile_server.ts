/** A server on this machine that sends byte for byte what a test says, whatever HTTP allows. */
export interface HostileServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** The first lines and headers of requests. */
  readonly requests: readonly string[];
}

/** Sends something to a client that asked for a path. */
export type Send = (
  write: (bytes: Uint8Array | string) => Promise<void>,
  path: string,
) => Promise<void>;

/** Serves every request as `send` does, and hangs up when that is done. */
export function hostileServer(send: Send): HostileServer {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const requests: string[] = [];
  const open = new Set<Promise<void>>();
  let isClosed = false;

  async function answer(connection: Deno.TcpConn): Promise<void> {
    using _connection = connection;
    const buffer = new Uint8Array(2 ** 16);
    const count = await connection.read(buffer);
    const request = new TextDecoder().decode(buffer.subarray(0, count ?? 0));
    requests.push(request);
    const write = async (bytes: Uint8Array | string) => {
      if (isClosed) throw new Error("The server is closed");
      let rest = typeof bytes === "string"
        ? new TextEncoder().encode(bytes)
        : bytes;
      while (rest.length > 0) {
        rest = rest.subarray(await connection.write(rest));
      }
    };
    await send(write, request.split(" ")[1] ?? "");
  }

  const listening = (async () => {
    for await (const connection of listener) {
      const answered = answer(connection).catch(() => {}) // the client is gone
        .finally(() => open.delete(answered));
      open.add(answered);
    }
  })();

  return {
    origin: `http://127.0.0.1:${listener.addr.port}`,
    requests,
    async [Symbol.asyncDispose]() {
      isClosed = true;
      listener.close();
      await listening;
      await Promise.all(open);
    },
  };
}

/** The head of an answer. */
export function head(...headers: readonly string[]): string {
  return ["HTTP/1.1 200 OK", ...headers, "", ""].join("\r\n");
}

/** The same bytes again and again, with a pause after each, until the client is gone. */
export async function endless(
  write: (bytes: Uint8Array) => Promise<void>,
  { piece, pause = 0 }: {
    readonly piece: Uint8Array;
    /** In milliseconds. */
    readonly pause?: number;
  },
): Promise<void> {
  for (;;) {
    await write(piece);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** So many zeros, compressed. */
export async function zeros(size: number): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([new Uint8Array(size)]).stream();
  return await new Response(
    stream.pipeThrough(new CompressionStream("gzip")),
  ).bytes();
}
