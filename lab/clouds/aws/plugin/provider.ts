/** The lab's `aws` plug-in: the few types that the program uses, with the names of @pulumi/aws, on the AWS SDK. */
import {
  InitializationError,
  type CreateRequest,
  type DeleteRequest,
  type Provider,
  type ReadRequest,
  type UpdateRequest,
} from "../../../providers/protocol.ts";
import { defined, isObject, type Properties, type Value } from "../../../providers/values.ts";
import type * as catalogueModule from "./catalogue.ts";
import { configFailures, parseConfig, type Config } from "./config.ts";
import type { Variables } from "../../../providers/configuration.ts";
import { explain } from "./errors.ts";
import { check, diff, inputsOf, mergeTags } from "./inputs.ts";
import type { Context, ResourceType } from "./resource.ts";

type Catalogue = typeof catalogueModule;

/** The version of @pulumi/aws whose names this plug-in uses. The suffix distinguishes it from the official one. */
const version = "7.48.0+lab";

const withoutInternals = (inputs: Properties): Properties =>
  Object.fromEntries(Object.entries(inputs).filter(([key]) => !key.startsWith("__")));

/** The tags to set and to remove, given the current and the desired ones. */
function tagChange(before: Value | undefined, after: Record<string, string>) {
  const old = isObject(before) ? before : {};
  return {
    set: Object.fromEntries(Object.entries(after).filter(([key, value]) => old[key] !== value)),
    remove: Object.keys(old).filter((key) => !(key in after)),
  };
}

class AwsProvider implements Provider {
  readonly name = "aws";
  readonly version = version;
  readonly #interruption = new AbortController();
  #config: Config | undefined;
  #clients: ReturnType<Catalogue["makeClients"]> | undefined;

  readonly #catalogue: Catalogue;

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  checkConfig(inputs: Properties) {
    return { inputs, failures: configFailures(inputs as Variables) };
  }

  configure(variables: Variables): void {
    this.#config = parseConfig(variables);
  }

  check(request: Parameters<Provider["check"]>[0]) {
    return check(this.#catalogue.resourceType(request.type), request);
  }

  diff(request: Parameters<Provider["diff"]>[0]) {
    return diff(this.#catalogue.resourceType(request.type), request, this.#settings.defaultTags);
  }

  async create({ type: token, name, inputs, preview, timeoutSeconds }: CreateRequest) {
    const type = this.#catalogue.resourceType(token);
    const tags = mergeTags(this.#settings.defaultTags, inputs);
    if (preview)
      return { id: "", outputs: { ...withoutInternals(inputs), ...(type.setTags && { tagsAll: tags }) } };
    const context = this.#context(timeoutSeconds);
    const id = await this.#explained(`creating ${token} "${name}"`, () => type.create(inputs, tags, context));
    try {
      await type.settle?.(id, inputs, context);
      return { id, outputs: await this.#outputs(type, id, inputs, context) };
    } catch (error) {
      const reason = `created ${token} "${name}" (${id}), but: ${this.#reason(error)}`;
      throw new InitializationError(reason, { id, inputs, outputs: { ...withoutInternals(inputs) } }, [
        reason,
      ]);
    }
  }

  async read({ type: token, name, id, oldInputs, oldOutputs }: ReadRequest) {
    const type = this.#catalogue.resourceType(token);
    const live = await this.#explained(`reading ${token} "${name}" (${id})`, () =>
      type.read(id, this.#context(0)),
    );
    if (!live) return undefined;
    const inputs = inputsOf(type, defined(live), oldInputs, this.#settings.defaultTags);
    return { id, inputs, outputs: { ...oldOutputs, ...withoutInternals(inputs), ...defined(live) } };
  }

  async update(request: UpdateRequest): Promise<Properties> {
    const { type: token, name, id, oldInputs, oldOutputs, inputs, preview, timeoutSeconds } = request;
    const type = this.#catalogue.resourceType(token);
    const tagsAll = mergeTags(this.#settings.defaultTags, inputs);
    if (preview) return { ...oldOutputs, ...withoutInternals(inputs), ...(type.setTags && { tagsAll }) };
    const context = this.#context(timeoutSeconds);
    return this.#explained(`updating ${token} "${name}" (${id})`, async () => {
      await type.update(id, oldInputs, inputs, context);
      await type.setTags?.(id, tagChange(oldOutputs.tagsAll, tagsAll), context);
      return this.#outputs(type, id, inputs, context);
    });
  }

  async delete({ type: token, name, id, outputs, timeoutSeconds }: DeleteRequest): Promise<void> {
    const type = this.#catalogue.resourceType(token);
    const context = this.#context(timeoutSeconds);
    await this.#explained(`deleting ${token} "${name}" (${id})`, () => type.delete(id, outputs, context));
  }

  invoke(token: string, args: Properties): Promise<Properties> {
    return this.#explained(`invoking ${token}`, () => this.#catalogue.invoke(token, args, this.#context(0)));
  }

  cancel(): void {
    this.#interruption.abort();
  }

  get #settings(): Config {
    if (!this.#config) throw new Error("the engine used the AWS plug-in before it sent the configuration");
    return this.#config;
  }

  #context(timeoutSeconds: number): Context {
    this.#clients ??= this.#catalogue.makeClients(this.#settings);
    return {
      ...this.#clients,
      region: this.#settings.region,
      signal: this.#interruption.signal,
      timeoutSeconds: timeoutSeconds > 0 ? timeoutSeconds : undefined,
    };
  }

  async #outputs(type: ResourceType, id: string, inputs: Properties, context: Context): Promise<Properties> {
    const live = await type.read(id, context);
    if (!live) throw new Error(`${id} no longer exists`);
    return { ...withoutInternals(inputs), ...defined(live) };
  }

  #reason(error: unknown): string {
    return explain(error, Object.values(this.#settings.endpoints));
  }

  async #explained<Result>(action: string, call: () => Promise<Result>): Promise<Result> {
    try {
      return await call();
    } catch (error) {
      throw new Error(`${action}: ${this.#reason(error)}`, { cause: error });
    }
  }
}

export const makeProvider = (catalogue: Catalogue): Provider => new AwsProvider(catalogue);
