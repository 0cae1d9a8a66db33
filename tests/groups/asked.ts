import { register } from "../group.ts";

await register("asked");
