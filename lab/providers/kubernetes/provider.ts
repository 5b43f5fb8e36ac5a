/** The lab's `kubernetes` plug-in: any kind of object, by server-side apply. */
import { randomBytes } from "node:crypto";
import {
  InitializationError,
  type CheckRequest,
  type CreateRequest,
  type DeleteRequest,
  type Log,
  type Provider,
  type ReadRequest,
  type Resource,
  type UpdateRequest,
} from "../protocol.ts";
import { hasUnknowns, UNKNOWN, type Properties } from "../values.ts";
import { Api, NoMatchError, type ApplyOptions, type ObjectName } from "./api.ts";
import { ApiError, connect, UnreachableError } from "./client.ts";
import { configFailures, parseConfig, type Config } from "./config.ts";
import type { Variables } from "../configuration.ts";
import {
  annotation,
  annotationOf,
  completeInputs,
  diff,
  inputsOf,
  objectAt,
  withoutDraws,
} from "./inputs.ts";
import { isNamespaced, kindOf, officialPlugin, type Kind } from "./kinds.ts";
import { fieldManagerIn, initialApiVersionIn, lastInputs, secretive, stateOf, type Kept } from "./state.ts";
import { ownersOfTakenPorts } from "./takenPorts.ts";
import { onceThereIsAPlace } from "./places.ts";
import { check, NotReadyError, untilGone, untilReady, type Wait } from "./waiting.ts";
import { parseWaitFor } from "./waitFor.ts";

/** The version of @pulumi/kubernetes whose names this plug-in uses. The suffix distinguishes it from the official one. */
const version = "4.34.2+lab";

/** `<namespace>/<name>`, or `<name>` for kinds without a namespace. */
function parseId(id: string): ObjectName {
  const slash = id.indexOf("/");
  return slash < 0
    ? { namespace: undefined, name: id }
    : { namespace: id.slice(0, slash), name: id.slice(slash + 1) };
}

function nameOf(object: Properties): ObjectName {
  const { namespace, name } = objectAt(object, "metadata");
  return { namespace: namespace as string | undefined, name: (name as string | undefined) ?? "" };
}

const idOf = ({ namespace, name }: ObjectName): string =>
  namespace === undefined ? name : `${namespace}/${name}`;

class KubernetesProvider implements Provider {
  readonly name = "kubernetes";
  readonly version = version;
  readonly #interruption = new AbortController();
  #config: Config | undefined;
  #connection: Promise<Api> | undefined;

  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  checkConfig(inputs: Properties) {
    return { inputs, failures: configFailures(inputs as Variables) };
  }

  configure(variables: Variables): void {
    this.#config = parseConfig(variables);
  }

  async check(request: CheckRequest) {
    const kind = kindOf(request.type);
    const inputs = completeInputs(kind, request, await this.#defaultNamespace(kind, request.inputs));
    const failures = [];
    if (objectAt(request.inputs, "metadata").generateName !== undefined && !isNamed(request.inputs))
      failures.push({
        property: "metadata.generateName",
        reason: "server-side apply needs a name: set metadata.name, or omit both for an automatic name",
      });
    else if (!isNamed(inputs))
      failures.push({
        property: "metadata.name",
        reason: "missing: automatic names are disabled (pulumi:autonaming)",
      });
    const waitFor = annotationOf(inputs, annotation.waitFor);
    if (waitFor !== undefined && parseWaitFor(waitFor) === undefined)
      failures.push({
        property: `metadata.annotations["${annotation.waitFor}"]`,
        reason: `${waitFor} is not supported by the lab's plug-in, which reads jsonpath={.path.of.fields}, with =value or without; ${officialPlugin}`,
      });
    return { inputs: secretive(kind, inputs), failures };
  }

  diff(request: Parameters<Provider["diff"]>[0]) {
    const oldInputs = lastInputs(request.oldInputs, request.oldOutputs);
    return diff(kindOf(request.type), { ...request, oldInputs }, this.#settings.mutable);
  }

  async create(request: CreateRequest) {
    const { inputs, preview } = request;
    const kind = kindOf(request.type);
    if (preview && hasUnknowns(inputs)) return { id: "", outputs: withoutDraws(inputs, inputs, {}) };
    const api = await this.#api();
    const options = this.#applyOptions(inputs, {}, preview);
    const kept = { inputs, fieldManager: options.fieldManager, initialApiVersion: kind.apiVersion };
    if (preview) return { id: "", outputs: await this.#previewCreate(api, kind, kept, options) };
    const name = nameOf(inputs);
    const subject = `creating ${kind.kind} ${idOf(name)}`;
    const applied = await explained(api, kind, subject, () =>
      onceThereIsAPlace(() => api.apply(kind, name, inputs, options), {
        signal: this.#interruption.signal,
        report: (message) => {
          this.#log("info", request.urn, message, "status");
        },
      }),
    );
    const id = idOf(nameOf(applied));
    return {
      id,
      outputs: await this.#ready(request, id, applied, kept),
    };
  }

  async read({ oldInputs, oldOutputs, ...request }: ReadRequest) {
    const kind = kindOf(request.type);
    const name = parseId(request.id);
    let live: Properties | undefined;
    try {
      live = await (await this.#api()).get(kind, name);
    } catch (error) {
      if (error instanceof NoMatchError) return undefined;
      if (!(error instanceof UnreachableError) || !this.#settings.deleteUnreachable) throw error;
      this.#log(
        "warning",
        request.urn,
        `${error.message}; forgotten because of kubernetes:deleteUnreachable`,
      );
      return undefined;
    }
    if (!live) return undefined;
    const inputs = inputsOf(kind, live, lastInputs(oldInputs, oldOutputs));
    const { fieldManager } = this.#applyOptions(inputs, oldOutputs, false);
    const kept = { inputs, fieldManager, initialApiVersion: initialApiVersionIn(oldOutputs, kind) };
    const state = {
      id: request.id,
      inputs: secretive(kind, inputs),
      outputs: stateOf(kind, live, kept),
    };
    // An import takes the object as it is.
    if (Object.keys(oldInputs).length + Object.keys(oldOutputs).length === 0) return state;
    const readiness = await check(await this.#wait({ ...request, timeoutSeconds: 0 }, kind, name), live);
    if (readiness.ready || readiness.settles !== undefined) return state;
    throw new InitializationError(`${kind.kind} ${request.id} is not ready`, state, readiness.reasons);
  }

  async update(request: UpdateRequest): Promise<Properties> {
    const { id, oldOutputs, preview } = request;
    const kind = kindOf(request.type);
    const name = parseId(id);
    const metadata = { ...objectAt(request.inputs, "metadata"), name: name.name };
    const inputs = { ...request.inputs, metadata };
    if (preview && hasUnknowns(inputs)) return withoutDraws(inputs, inputs, oldOutputs);
    const api = await this.#api();
    const options = this.#applyOptions(inputs, oldOutputs, preview);
    const initialApiVersion = initialApiVersionIn(oldOutputs, kind);
    const kept = { inputs, fieldManager: options.fieldManager, initialApiVersion };
    const applied = await explained(api, kind, `updating ${kind.kind} ${id}`, () =>
      api.apply(kind, name, inputs, options),
    );
    if (preview) return withoutDraws(stateOf(kind, applied, kept), inputs, oldOutputs);
    return this.#ready(request, id, applied, kept);
  }

  async delete({ outputs, ...request }: DeleteRequest): Promise<void> {
    const kind = kindOf(request.type);
    const name = parseId(request.id);
    try {
      const wait = await this.#wait(request, kind, name);
      const policy = annotationOf(outputs, annotation.deletionPropagation) ?? "Foreground";
      const capitalised = policy.charAt(0).toUpperCase() + policy.slice(1);
      await explained(wait.api, kind, `deleting ${kind.kind} ${request.id}`, () =>
        wait.api.delete(kind, name, capitalised),
      );
      if (annotationOf(outputs, annotation.skipAwait) !== "true") await untilGone(wait);
    } catch (error) {
      if (error instanceof NoMatchError) return;
      if (error instanceof NotReadyError)
        throw new Error(
          `deleting ${kind.kind} ${request.id}: ${error.message}: ${error.reasons.join("; ")}`,
          {
            cause: error,
          },
        );
      if (!(error instanceof UnreachableError) || !this.#settings.deleteUnreachable) throw error;
      this.#log(
        "warning",
        request.urn,
        `${error.message}; forgotten because of kubernetes:deleteUnreachable`,
      );
    }
  }

  invoke(token: string): Promise<Properties> {
    return Promise.reject(
      new Error(`unknown function ${token}: the lab's Kubernetes plug-in has none; ${officialPlugin}`),
    );
  }

  cancel(): void {
    this.#interruption.abort();
  }

  get #settings(): Config {
    if (!this.#config)
      throw new Error("the engine used the Kubernetes plug-in before it sent the configuration");
    return this.#config;
  }

  #api(): Promise<Api> {
    this.#connection ??= connect(this.#settings).then((client) => new Api(client));
    return this.#connection;
  }

  /** Asks the cluster only for kinds that it alone knows. @returns undefined for kinds without namespaces */
  async #defaultNamespace(kind: Kind, inputs: Properties): Promise<string | undefined> {
    const { namespace } = objectAt(inputs, "metadata");
    const namespaced = isNamespaced(kind);
    if (namespaced === false || namespace !== undefined || inputs.metadata === UNKNOWN) return undefined;
    if (namespaced === undefined) {
      // The same update may make the definition. Most kinds have namespaces, and the API server clears that of others.
      const known = await (await this.#api()).isNamespaced(kind).catch((error: unknown) => {
        if (error instanceof NoMatchError) return true;
        throw error;
      });
      if (!known) return undefined;
    }
    return this.#settings.namespace ?? (await this.#api()).client.namespace;
  }

  #applyOptions(inputs: Properties, outputs: Properties, dryRun: boolean): ApplyOptions {
    const fieldManager =
      annotationOf(inputs, annotation.patchFieldManager) ??
      fieldManagerIn(outputs) ??
      `pulumi-kubernetes-${randomBytes(4).toString("hex")}`;
    const force = this.#settings.patchForce || annotationOf(inputs, annotation.patchForce) === "true";
    return { fieldManager, force, dryRun };
  }

  /** What the API server would create, if it can tell. It cannot if the same update creates the namespace or the kind. */
  async #previewCreate(api: Api, kind: Kind, kept: Kept, options: ApplyOptions): Promise<Properties> {
    const { inputs } = kept;
    const name = nameOf(inputs);
    const asGiven = withoutDraws(inputs, inputs, {});
    try {
      const { status: _, ...rest } = await dryRun(api, kind, inputs, { ...options, force: true });
      return withoutDraws(stateOf(kind, rest, kept), inputs, {});
    } catch (error) {
      const untellable = error instanceof ApiError && [403, 404, 409].includes(error.code);
      if (untellable || error instanceof NoMatchError) return asGiven;
      const owners = await ownersOfTakenPorts(api, kind, error);
      throw new Error(`previewing ${kind.kind} ${idOf(name)}: ${messageOf(error)}${owners}`, {
        cause: error,
      });
    }
  }

  async #wait(request: Resource & { timeoutSeconds: number }, kind: Kind, name: ObjectName): Promise<Wait> {
    return {
      api: await this.#api(),
      kind,
      name,
      timeoutSeconds: request.timeoutSeconds,
      signal: this.#interruption.signal,
      report: (message) => {
        this.#log("info", request.urn, message, "status");
      },
    };
  }

  /** Waits. If the object does not become ready, throws an error that keeps it in the state. */
  async #ready(
    request: Resource & { timeoutSeconds: number },
    id: string,
    applied: Properties,
    kept: Kept,
  ): Promise<Properties> {
    const kind = kindOf(request.type);
    try {
      const live = await untilReady(await this.#wait(request, kind, parseId(id)), applied);
      return stateOf(kind, live, kept);
    } catch (error) {
      const object = error instanceof NotReadyError ? error.object : applied;
      const details = error instanceof NotReadyError ? error.reasons : [];
      // Pulumi shows the reasons instead of the message.
      const reasons = [`${kind.kind} ${id} exists, but ${messageOf(error)}`, ...details];
      const outputs = stateOf(kind, object, kept);
      throw new InitializationError(reasons.join("; "), { id, inputs: kept.inputs, outputs }, reasons);
    }
  }
}

const isNamed = (object: Properties): boolean => objectAt(object, "metadata").name !== undefined;

/** Where the object replaces one of the same name, the API server would refuse to change the fields for which it is replaced. */
async function dryRun(api: Api, kind: Kind, inputs: Properties, options: ApplyOptions): Promise<Properties> {
  const name = nameOf(inputs);
  try {
    return await api.apply(kind, name, inputs, options);
  } catch (error) {
    if (!(error instanceof ApiError && error.message.includes("field is immutable"))) throw error;
    const metadata = { ...objectAt(inputs, "metadata"), name: `${name.name}-preview` };
    const previewed = await api.apply(kind, nameOf({ metadata }), { ...inputs, metadata }, options);
    return { ...previewed, metadata: { ...objectAt(previewed, "metadata"), name: name.name } };
  }
}

function messageOf(error: unknown): string {
  if (error instanceof ApiError && error.reason === "Conflict")
    return `${error.message}; annotate it with ${annotation.patchForce}: "true" to take the fields over`;
  return error instanceof Error ? error.message : String(error);
}

async function explained<Result>(
  api: Api,
  kind: Kind,
  subject: string,
  call: () => Promise<Result>,
): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof UnreachableError || error instanceof NoMatchError) throw error;
    const owners = await ownersOfTakenPorts(api, kind, error);
    throw new Error(`${subject}: ${messageOf(error)}${owners}`, { cause: error });
  }
}

export const makeProvider = (log: Log): Provider => new KubernetesProvider(log);
