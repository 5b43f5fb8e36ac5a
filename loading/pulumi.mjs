/**
 * Pulumi's SDK. As published it loads all of its parts at once, with TypeScript and npm's own libraries among them, which takes half a second. Here it loads a part
 * when it is used first.
 */
import { readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";

/**
 * For the plug-ins of esbuild. The SDK's modules stay where they are, since Pulumi has loaded most of them before it runs the program. Only its index is another
 * one.
 */
export function usePartsOfPulumi({ onResolve, onLoad }) {
  const { resolve } = createRequire(import.meta.url);
  onResolve({ filter: /^@pulumi\/pulumi(\/runtime)?$/ }, ({ path }) => ({
    path: resolve(path),
    namespace: "pulumi",
  }));
  onLoad({ filter: /./, namespace: "pulumi" }, ({ path }) => ({
    contents: withLazyParts(readFileSync(path, "utf8")),
    resolveDir: dirname(path),
  }));
  onResolve({ filter: /^\./, namespace: "pulumi" }, ({ path, resolveDir }) => {
    const root = dirname(resolve("@pulumi/pulumi"));
    const part = `@pulumi/pulumi/${relative(root, join(resolveDir, path))}`;
    // The other index.
    return part === "@pulumi/pulumi/runtime"
      ? { path: resolve(part), namespace: "pulumi" }
      : { path: part, external: true };
  });
}

/** For a program that loads the SDK itself: its runtime is what brings TypeScript and npm along. */
export function loadRuntimeByParts() {
  const load = Module._extensions[".js"];
  Module._extensions[".js"] = (module, file) => {
    if (!/[\\/]@pulumi[\\/]pulumi[\\/]runtime[\\/]index\.js$/.test(file)) load(module, file);
    else module._compile(withLazyParts(readFileSync(file, "utf8")), file);
  };
}

/** @param source of an index, as TypeScript compiles it; what it is not made for stays as it is */
export function withLazyParts(source) {
  const property = (name, value) =>
    `Object.defineProperty(exports, "${name}", { enumerable: true, get: () => ${value} });`;
  return source
    .replace(/^const (\w+) = __importStar\((require\("[^"]+"\))\);\nexports\.\1 = \1;$/gm, (_, name, part) =>
      property(name, part),
    )
    .replace(
      /^var (\w+) = (require\("[^"]+"\));\n((?:exports\.\w+ = \1\.\w+;\n)+)/gm,
      (_, _part, part, names) =>
        names.replace(/^exports\.(\w+) = .*$/gm, (_line, name) => property(name, `${part}.${name}`)),
    );
}
