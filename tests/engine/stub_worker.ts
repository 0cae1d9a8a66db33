/** Stands in for an isolate: a stage gives no bytes, at once. */
export class StubWorker extends EventTarget {
  onmessage?: (event: { readonly data: unknown }) => void;
  onerror?: (event: ErrorEvent) => void;
  isFit = true;

  terminate(): void {}

  postMessage(): void {
    const ends = [{ kind: "done", outputs: { value: new Uint8Array() } }];
    queueMicrotask(() => {
      this.onmessage?.({ data: { kind: "ended", ends } });
      this.onmessage?.({ data: { kind: "rested", isFit: this.isFit } });
    });
  }
}

/** Has workers be such, until it is disposed of. */
export function stubWorkers(stub: typeof StubWorker = StubWorker): Disposable {
  const { Worker } = globalThis;
  globalThis.Worker = stub as unknown as typeof Worker;
  return { [Symbol.dispose]: () => void (globalThis.Worker = Worker) };
}
