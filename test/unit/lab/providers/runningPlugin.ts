/** A plug-in, spoken to over gRPC as the engine does. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import * as grpc from "@grpc/grpc-js";
import type { ServiceError } from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import type * as wire from "@pulumi/pulumi/proto/provider_pb.js";
import service from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type { Provider } from "../../../../lab/providers/protocol.ts";
import { listen } from "../../../../lab/providers/server.ts";

export type Properties = Record<string, unknown>;

/** What the engine sends for a value that a preview does not know. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const lab = path.resolve(import.meta.dirname, "../../../../lab");
const programs = { aws: "clouds/aws/plugin/main.ts", kubernetes: "providers/kubernetes/main.ts" } as const;

const toStruct = (value: Properties): Struct =>
  struct.Struct.fromJavaScript(value as Parameters<typeof struct.Struct.fromJavaScript>[0]);
const fromStruct = (value: Struct | undefined): Properties => value?.toJavaScript() ?? {};

export interface Target {
  readonly type: string;
  readonly name?: string;
}

const urnOf = ({ type, name = "a" }: Target): string => `urn:pulumi:dev::p::${type}::${name}`;

export class RunningPlugin {
  private readonly client: ResourceProviderClient;
  private readonly end: () => unknown;

  private constructor(port: number, end: () => unknown) {
    this.client = new service.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    this.end = end;
  }

  /** Runs it in this process. */
  static async here(provider: Provider): Promise<RunningPlugin> {
    const { port, close } = await listen(Promise.resolve(provider));
    return new RunningPlugin(port, close);
  }

  /** Runs it as the engine does, in a process of its own. */
  static start(name: keyof typeof programs, directory = process.cwd()): Promise<RunningPlugin> {
    const args = [path.join(lab, "../loading/run.mjs"), path.join(lab, programs[name])];
    return RunningPlugin.run(process.execPath, args, directory);
  }

  /** Any program that is a plug-in. */
  static async run(
    program: string,
    args: readonly string[] = [],
    directory = process.cwd(),
  ): Promise<RunningPlugin> {
    const child = spawn(program, args, { cwd: directory, stdio: ["ignore", "pipe", "inherit"] });
    const [port] = (await once(child.stdout, "data")) as [Buffer];
    return new RunningPlugin(Number(port.toString()), async () => {
      const gone = once(child, "exit");
      child.kill();
      await gone;
    });
  }

  async stop(): Promise<void> {
    this.client.close();
    await this.end();
  }

  async schema(): Promise<string> {
    return (
      await this.call<wire.GetSchemaResponse>("getSchema", new messages.GetSchemaRequest())
    ).getSchema();
  }

  async configure(variables: Readonly<Record<string, string>>): Promise<void> {
    const request = new messages.ConfigureRequest().setAcceptsecrets(true);
    for (const [key, value] of Object.entries(variables)) request.getVariablesMap().set(key, value);
    await this.call<wire.ConfigureResponse>("configure", request);
  }

  async checkConfig(inputs: Properties): Promise<string[]> {
    const request = new messages.CheckRequest().setUrn(urnOf({ type: "p" })).setNews(toStruct(inputs));
    const response = await this.call<wire.CheckResponse>("checkConfig", request);
    return response.getFailuresList().map((failure) => `${failure.getProperty()}: ${failure.getReason()}`);
  }

  async check(target: Target, inputs: Properties, olds: Properties = {}, seed = "seed") {
    const request = new messages.CheckRequest()
      .setUrn(urnOf(target))
      .setOlds(toStruct(olds))
      .setNews(toStruct(inputs))
      .setRandomseed(Buffer.from(seed));
    const response = await this.call<wire.CheckResponse>("check", request);
    const failures = response.getFailuresList().map((item) => `${item.getProperty()}: ${item.getReason()}`);
    return { inputs: fromStruct(response.getInputs()), failures };
  }

  /** Each changed property's path with what the engine is told about it, such as `update-replace`. */
  async diff(target: Target, before: Properties, after: Properties, outputs: Properties = before) {
    const request = new messages.DiffRequest()
      .setUrn(urnOf(target))
      .setId("id")
      .setOldInputs(toStruct(before))
      .setOlds(toStruct(outputs))
      .setNews(toStruct(after));
    const response = await this.call<wire.DiffResponse>("diff", request);
    const kinds = ["add", "add-replace", "delete", "delete-replace", "update", "update-replace"];
    const changes: Record<string, string | undefined> = {};
    response.getDetaileddiffMap().forEach((item, key) => (changes[key] = kinds[item.getKind()]));
    return { changes, deleteBeforeReplace: response.getDeletebeforereplace() };
  }

  async create(target: Target, inputs: Properties, preview = false, timeoutSeconds = 0) {
    const request = new messages.CreateRequest()
      .setUrn(urnOf(target))
      .setProperties(toStruct(inputs))
      .setPreview(preview)
      .setTimeout(timeoutSeconds);
    const response = await this.call<wire.CreateResponse>("create", request);
    return { id: response.getId(), outputs: fromStruct(response.getProperties()) };
  }

  /** @returns undefined if the object is gone. */
  async read(target: Target, id: string, inputs: Properties = {}, outputs: Properties = {}) {
    const request = new messages.ReadRequest()
      .setUrn(urnOf(target))
      .setId(id)
      .setInputs(toStruct(inputs))
      .setProperties(toStruct(outputs));
    const response = await this.call<wire.ReadResponse>("read", request);
    if (response.getId() === "") {
      // Otherwise the engine takes it for a resource without properties.
      assert.equal(response.hasProperties(), false);
      return undefined;
    }
    return { inputs: fromStruct(response.getInputs()), outputs: fromStruct(response.getProperties()) };
  }

  async update(
    target: Target,
    id: string,
    {
      before,
      outputs,
      after,
      preview = false,
      timeoutSeconds = 0,
    }: {
      before: Properties;
      outputs: Properties;
      after: Properties;
      preview?: boolean;
      timeoutSeconds?: number;
    },
  ): Promise<Properties> {
    const request = new messages.UpdateRequest()
      .setUrn(urnOf(target))
      .setId(id)
      .setOldInputs(toStruct(before))
      .setOlds(toStruct(outputs))
      .setNews(toStruct(after))
      .setPreview(preview)
      .setTimeout(timeoutSeconds);
    return fromStruct((await this.call<wire.UpdateResponse>("update", request)).getProperties());
  }

  async delete(target: Target, id: string, outputs: Properties): Promise<void> {
    const request = new messages.DeleteRequest()
      .setUrn(urnOf(target))
      .setId(id)
      .setProperties(toStruct(outputs));
    await this.call("delete", request);
  }

  async invoke(token: string, args: Properties): Promise<Properties> {
    const request = new messages.InvokeRequest().setTok(token).setArgs(toStruct(args));
    return fromStruct((await this.call<wire.InvokeResponse>("invoke", request)).getReturn());
  }

  cancel(): Promise<unknown> {
    return this.call("cancel", new empty.Empty());
  }

  private call<Response>(method: string, request: unknown): Promise<Response> {
    type Method = (
      request: unknown,
      callback: (error: ServiceError | null, response: Response) => void,
    ) => void;
    const methods = this.client as unknown as Record<string, Method>;
    return new Promise((resolve, reject) => {
      methods[method]?.call(this.client, request, (error, response) => {
        if (error) reject(new Error(error.details, { cause: error }));
        else resolve(response);
      });
    });
  }
}
