import {
  areFloats,
  input,
  type KernelCall,
  type KernelOutput,
} from "./fast_kernel.ts";

/** The kernel behind models/ops/cross_entropy.ts. */
export function softmaxCrossEntropyMean(call: KernelCall): KernelOutput {
  const { heap } = call;
  const logits = input(call, "logits");
  const labels = input(call, "labels");
  const { smoothing } = call.attrs as { readonly smoothing: number };
  if (!areFloats(logits) || labels.dtype !== "int32") return undefined;
  const [n = 0, classes = 0] = logits.shape;
  const loss = heap.output([]);
  const gradient = heap.output(logits.shape);
  heap.kernels.softmaxCrossEntropy(
    heap.pointer(logits),
    heap.pointer(labels),
    heap.pointer(loss),
    heap.pointer(gradient),
    n,
    classes,
    smoothing,
  );
  return [loss, gradient];
}
