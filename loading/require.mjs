/** Lets `require` load modules of the project: mocha loads test files so. */
import Module, { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { importable } from "./load.mjs";

const require = createRequire(import.meta.url);
Module._extensions[".ts"] ??= (module, file) => {
  module.exports = require(fileURLToPath(importable(file)));
};
