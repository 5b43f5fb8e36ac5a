/** Records a program's resources under Pulumi's mocks. */
import { createRequire } from "node:module";
// Pulumi's index loads all of its parts, which takes half a second.
import { setAllConfig } from "@pulumi/pulumi/runtime/config.js";
import { setMocks } from "@pulumi/pulumi/runtime/mocks.js";
import type { Mocks } from "@pulumi/pulumi/runtime/mocks.js";
import { deserializeProperties } from "@pulumi/pulumi/runtime/rpc.js";
import { disconnect, getMonitor } from "@pulumi/pulumi/runtime/settings.js";

/** One resource that a program declares. */
export interface PlannedResource {
  readonly urn: string;
  /** Pulumi's type token, such as `aws:lb/targetGroup:TargetGroup`. */
  readonly type: string;
  readonly name: string;
  /** URN of the parent; undefined at the top level. */
  readonly parent?: string;
  /** False for components, which only group other resources. */
  readonly custom: boolean;
  /** The inputs, by name. Values that only an update knows are Pulumi's `unknown`. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** URNs of the resources that an input refers to, by the input's name. A plan knows nothing else about a reference. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

/** The fields of a registration request that the monitor uses (a message of Pulumi's protocol). */
interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getCustom(): boolean;
  getObject(): Parameters<typeof deserializeProperties>[0];
  getPropertydependenciesMap(): { entries(): IterableIterator<[string, { getUrnsList(): string[] }]> };
}

type Callback = (error: unknown, response?: { getUrn(): string }) => void;

/** The methods of Pulumi's mock monitor that are changed here. */
interface Monitor {
  registerResource(request: RegisterRequest, callback: Callback): Promise<void>;
  close?: () => void;
}

/** A part of Pulumi's SDK without types. */
interface Debugging {
  debuggablePromise: <T>(promise: Promise<T>, context: unknown) => Promise<T>;
}
const debugging = createRequire(import.meta.url)("@pulumi/pulumi/runtime/debuggable.js") as Debugging;

/** A program's run under mocks. */
export interface Recorded<T> {
  readonly result: T;
  readonly declared: readonly PlannedResource[];
  /** The warnings that it logged, which an engine would show. */
  readonly warnings: readonly string[];
}

/** Runs a program under mocks, and waits for everything that it declares. */
export async function recorded<T>(
  program: () => T | Promise<T>,
  {
    mocks,
    configuration,
    ...project
  }: {
    readonly mocks: Mocks;
    /** Every value by its full key. */
    readonly configuration: Readonly<Record<string, string>>;
    readonly project: string;
    readonly stack: string;
    readonly preview: boolean;
  },
): Promise<Recorded<T>> {
  setAllConfig({ ...configuration });
  const declared = await recordDeclared(mocks, project);
  const log = recordWarnings();
  const { debuggablePromise } = debugging;
  // Pulumi notes the stack of every promise, to name those that never settle. It takes more than half of the time.
  debugging.debuggablePromise = (promise) => promise;
  try {
    return { result: await program(), declared, warnings: log.warnings };
  } finally {
    await disconnect();
    debugging.debuggablePromise = debuggablePromise;
    log.end();
  }
}

/** Without an engine, Pulumi writes what a program logs to the console. */
function recordWarnings() {
  const prefix = "warning: [runtime] ";
  const { warn } = console;
  const warnings: string[] = [];
  console.warn = (...values: readonly unknown[]) => {
    const [text] = values;
    if (typeof text === "string" && text.startsWith(prefix)) warnings.push(text.slice(prefix.length));
    else warn(...values);
  };
  return { warnings, end: () => (console.warn = warn) };
}

/**
 * Sets mocks as Pulumi does, and records the resources that a program declares. It keeps the monitor that Pulumi made, because Pulumi does not know the features of
 * another one.
 * @returns the resources, as they are declared
 */
async function recordDeclared(
  mocks: Mocks,
  {
    project,
    stack,
    preview,
  }: { readonly project: string; readonly stack: string; readonly preview: boolean },
): Promise<readonly PlannedResource[]> {
  await setMocks(mocks, project, stack, preview);
  const monitor = getMonitor() as unknown as Monitor;
  const declared: PlannedResource[] = [];
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) =>
    register(request, (error, response) => {
      if (response !== undefined) declared.push(planned(request, response.getUrn()));
      callback(error, response);
    });
  // The runtime closes its monitor after the program; a mock has nothing to close.
  monitor.close = () => undefined;
  return declared;
}

function planned(request: RegisterRequest, urn: string): PlannedResource {
  const parent = request.getParent();
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    ...(parent === "" ? {} : { parent }),
    custom: request.getCustom(),
    inputs: deserializeProperties(request.getObject()),
    dependencies: Object.fromEntries(
      [...request.getPropertydependenciesMap().entries()].map(([input, urns]) => [input, urns.getUrnsList()]),
    ),
  };
}
