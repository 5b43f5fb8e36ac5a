/**
 * What esbuild's options of all bundles have in common: ES modules for Node, of which those that are imported later are loaded later.
 *
 * @type {import("esbuild").BuildOptions}
 */
export const nodeModules = {
  outExtension: { ".js": ".mjs" },
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node20",
  mainFields: ["module", "main"],
  // CommonJS libraries call `require`, which ES modules lack.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
};
