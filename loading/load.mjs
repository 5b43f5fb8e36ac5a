/** Loads modules of the project. */
import { compiledModules } from "./modules.mjs";
import { loadRuntimeByParts } from "./pulumi.mjs";

loadRuntimeByParts();

/** The URL by which Node can import a module of the project, for the module's path. */
export const importable = await compiledModules().catch(transpiling);

/** Without a place for copies, each module is transpiled when it is loaded, which is slower. */
async function transpiling() {
  await import("tsx");
  const { pathToFileURL } = await import("node:url");
  return (file) => pathToFileURL(file).href;
}
