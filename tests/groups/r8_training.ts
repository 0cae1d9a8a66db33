import { register } from "../group.ts";

await register("r8_training");
