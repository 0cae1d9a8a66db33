import { register } from "../group.ts";

await register("winograd");
