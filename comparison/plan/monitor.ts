/** What a program declares under Pulumi's mocks. */
import { runtime } from "@pulumi/pulumi";
import type { Mocks } from "@pulumi/pulumi/runtime/mocks.js";

/** One resource that a program declares. */
export interface PlannedResource {
  readonly urn: string;
  /** Pulumi's type token, such as `aws:lb/targetGroup:TargetGroup`. */
  readonly type: string;
  readonly name: string;
  /** URN of the parent; none for what the program declares at the top. */
  readonly parent?: string;
  /** False for components, which only group other resources. */
  readonly custom: boolean;
  /** Names and values of the inputs; what only an update can know is Pulumi's `unknown`. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** URNs of the resources that an input refers to, by the input's name: all that a plan knows of a reference. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

/** What the monitor uses of a registration's request (a message of Pulumi's protocol). */
interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getCustom(): boolean;
  getObject(): Parameters<typeof runtime.deserializeProperties>[0];
  getPropertydependenciesMap(): { entries(): IterableIterator<[string, { getUrnsList(): string[] }]> };
}

type Callback = (error: unknown, response?: { getUrn(): string }) => void;

/** What Pulumi's mock monitor does, as far as it is changed here. */
interface Monitor {
  registerResource(request: RegisterRequest, callback: Callback): Promise<void>;
  close?: () => void;
}

/**
 * Sets mocks as Pulumi does, and writes down what a program declares under them. The monitor is the one that Pulumi made: of another one it would not know what it
 * supports.
 * @returns what is declared, as it comes
 */
export async function recordDeclared(
  mocks: Mocks,
  {
    project,
    stack,
    preview,
  }: { readonly project: string; readonly stack: string; readonly preview: boolean },
): Promise<readonly PlannedResource[]> {
  await runtime.setMocks(mocks, project, stack, preview);
  const monitor = runtime.getMonitor() as unknown as Monitor;
  const declared: PlannedResource[] = [];
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) =>
    register(request, (error, response) => {
      if (response !== undefined) declared.push(planned(request, response.getUrn()));
      callback(error, response);
    });
  // The runtime closes its monitor when a program has ended, and nothing is open.
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
    inputs: runtime.deserializeProperties(request.getObject()),
    dependencies: Object.fromEntries(
      [...request.getPropertydependenciesMap().entries()].map(([input, urns]) => [input, urns.getUrnsList()]),
    ),
  };
}
