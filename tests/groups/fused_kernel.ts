import { register } from "../group.ts";

await register("fused_kernel");
