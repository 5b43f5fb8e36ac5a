import type { BuildOptions } from "esbuild";

export declare const nodeModules: BuildOptions & { readonly splitting: true };
