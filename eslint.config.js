import eslint from "@eslint/js";
import pulumi from "@pulumi/eslint-plugin";
import prettier from "eslint-config-prettier";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import { importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["**/node_modules", "**/dist", ".lab", ".pulumi", "examples"] },
  eslint.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-exports": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
      // `_` marks what a signature needs and a body does not.
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      eqeqeq: "error",
      "object-shorthand": "error",
      "prefer-template": "error",
    },
  },
  {
    // What Pulumi runs: an Output in a template literal would print a warning instead of its value.
    files: ["index.ts", "config.ts", "program/**/*.ts", "components/**/*.ts"],
    plugins: { "@pulumi": pulumi },
    rules: {
      "@pulumi/no-output-in-template-literal": "error",
      "@pulumi/no-output-instance-in-template-literal": "error",
    },
  },
  {
    // The part that every cloud has: a cloud imports it, never the other way round.
    files: ["components/core/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "^\\.\\./|^@pulumi/(?!pulumi(/|$)|kubernetes(/|$))",
              message:
                "components/core is the same on every cloud; what only one cloud has belongs in its own folder.",
            },
          ],
        },
      ],
    },
  },
  {
    // Settings are read before a cloud is chosen, so they load no cloud's resources: `connection.ts` does.
    files: ["index.ts", "config.ts", "outputs.ts", "program/clouds/*.ts", "program/clouds/*/settings.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "components/(?!core/)([a-z]+/)?index\\.ts$|^@pulumi/(?!pulumi(/|$))|/connection\\.ts$",
              allowTypeImports: true,
              message: "Import the resources of a cloud in its connection.ts.",
            },
          ],
        },
      ],
    },
  },
  {
    // A module that is part of a circle may see another one half loaded. Types are no part of one.
    files: ["**/*.ts"],
    ignores: ["test/**/*.ts"],
    plugins: { "import-x": importX },
    settings: {
      ...importX.flatConfigs.typescript.settings,
      "import-x/resolver-next": [createTypeScriptImportResolver()],
    },
    rules: { "import-x/no-cycle": ["error", { ignoreExternal: true }] },
  },
  {
    // The machine's clock may be set while something is waited for.
    files: ["cli/**/*.ts", "comparison/**/*.ts", "lab/**/*.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        {
          object: "Date",
          property: "now",
          message: "How long something takes is measured with performance.now(); a time of day is a Date.",
        },
      ],
    },
  },
  {
    // A cloud is known by the interfaces of clouds/cloud.ts; only the list names it.
    files: ["lab/**/*.ts"],
    ignores: ["lab/clouds/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "clouds/(?!cloud\\.ts$|index\\.ts$)",
              message: "Use the interfaces of lab/clouds/cloud.ts and the list of lab/clouds/index.ts.",
            },
          ],
        },
      ],
    },
  },
  {
    // mocha's `describe` and `it` return promises only to themselves.
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    // CommonJS in old syntax, so that a Node too old for the rest can still say so.
    files: ["**/*.cjs"],
    languageOptions: {
      sourceType: "commonjs",
      globals: { console: "readonly", process: "readonly", require: "readonly", module: "writable" },
    },
  },
  prettier,
);
