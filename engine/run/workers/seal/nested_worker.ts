/**
 * Entry of a worker that a stage starts: seals its isolate, then loads the
 * module that the stage has named.
 *
 * @module
 */
import { sealScope } from "./seal_scope.ts";

const self = new URL(import.meta.url);
const module = self.searchParams.get("module") ?? "";
self.search = "";
sealScope(self, { hears: "a stage" });

/** What is said to the module before it can listen. */
const early: MessageEvent[] = [];

function hold(event: Event): void {
  event.stopImmediatePropagation();
  early.push(event as MessageEvent);
}

addEventListener("message", hold);
await import(module);
removeEventListener("message", hold);
for (const { data, ports } of early) {
  dispatchEvent(new MessageEvent("message", { data, ports: [...ports] }));
}
