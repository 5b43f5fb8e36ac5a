/** The Pulumi schema of the components, from their types. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { descriptionOf, TypeReader } from "./typeReader.ts";

const components = join(import.meta.dirname, "..");

/** What programs in other languages call it. It is the first part of the components' types. */
const packageName = "exposure";

/** Which components there are, where they are, and the type of their arguments. */
const offered = [
  { name: "EchoApp", file: "core/echoApp.ts", args: "EchoAppArgs" },
  { name: "LoadBalancerExposure", file: "aws/loadBalancerExposure.ts", args: "LoadBalancerExposureArgs" },
  {
    name: "NetworkLoadBalancer",
    file: "aws/networkLoadBalancer.ts",
    args: "NetworkLoadBalancerInputs",
    argsFile: "aws/provider/arguments.ts",
  },
  {
    name: "NodePortExposure",
    file: "aws/nodePortExposure.ts",
    args: "NodePortExposureInputs",
    argsFile: "aws/provider/arguments.ts",
  },
  {
    name: "WeightedName",
    file: "aws/weightedName.ts",
    args: "WeightedNameInputs",
    argsFile: "aws/provider/arguments.ts",
  },
] as const;

/** What is not offered to other languages, by `component.property`, and why. */
const notOffered: Readonly<Record<string, string>> = {
  "NodePortExposure.loadBalancer":
    "a component that is passed to no other process: its own resources are in the stack's state",
  "NetworkLoadBalancer.joinable": "for exposures that join it, which cannot from another process",
};

/** @throws Error if a type has no counterpart in a schema */
export function packageSchema(): object {
  const { config } = ts.readConfigFile(join(components, "tsconfig.build.json"), (file) =>
    ts.sys.readFile(file),
  ) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, components);
  const program = ts.createProgram(
    [join(components, "index.ts"), join(components, "aws/provider/arguments.ts")],
    options,
  );
  const checker = program.getTypeChecker();
  const declared = (file: string, name: string): ts.Symbol => {
    const source = program.getSourceFile(join(components, file));
    const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
    const symbol =
      module === undefined
        ? undefined
        : checker.getExportsOfModule(module).find((each) => each.name === name);
    if (symbol === undefined) throw new Error(`${file} exports no ${name}`);
    return symbol;
  };

  const reader = new TypeReader(
    checker,
    packageName,
    offered.map(({ name }) => name),
  );
  const resources = offered.map(({ name, file, args, ...place }) => {
    const symbol = declared(file, name);
    const argsSymbol = declared("argsFile" in place ? place.argsFile : file, args);
    const { properties: inputProperties, required: requiredInputs = [] } = reader.objectSpec(
      checker.getDeclaredTypeOfSymbol(argsSymbol),
      name,
    );
    const description = descriptionOf(symbol, checker);
    const resource = {
      isComponent: true,
      description,
      ...reader.offered(ownProperties(symbol, checker), name),
      inputProperties,
      requiredInputs,
    };
    return [`${packageName}:index:${name}`, resource] as const;
  });

  const manifest = JSON.parse(readFileSync(join(components, "package.json"), "utf8")) as Readonly<
    Record<"version" | "description" | "license", string>
  >;
  const { version, description, license } = manifest;
  return {
    name: packageName,
    version,
    description,
    license,
    meta: { moduleFormat: "(.*)" },
    types: Object.fromEntries(
      Object.entries(reader.types)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        // An enumeration has no properties.
        .map(([token, { properties, ...spec }]) => [
          token,
          spec.enum === undefined ? { ...spec, properties } : spec,
        ]),
    ),
    resources: Object.fromEntries(resources),
  };
}

/** What the class itself declares for its users. */
function ownProperties(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol[] {
  return checker
    .getDeclaredTypeOfSymbol(symbol)
    .getProperties()
    .filter((each) => {
      const declaration = each.valueDeclaration;
      return (
        declaration !== undefined &&
        ts.isPropertyDeclaration(declaration) &&
        ts.isIdentifier(declaration.name) &&
        declaration.parent === symbol.valueDeclaration &&
        notOffered[`${symbol.name}.${each.name}`] === undefined
      );
    });
}

/** As it is in the package. */
export const schemaDocument = (): string => `${JSON.stringify(packageSchema(), undefined, 2)}\n`;
