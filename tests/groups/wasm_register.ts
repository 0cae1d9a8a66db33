import { register } from "../group.ts";

await register("wasm_register");
