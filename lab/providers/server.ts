/**
 * Serves a plug-in to the Pulumi engine over gRPC.
 *
 * It uses the protocol's messages directly, because @pulumi/pulumi's provider server supports no previews, detailed diffs, configuration or partial failures.
 */
import grpc from "@grpc/grpc-js";
import type * as grpcTypes from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import type * as wire from "@pulumi/pulumi/proto/provider_pb.js";
import service from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type { Autonaming } from "./autoname.ts";
import { formatPath } from "./diff.ts";
import { engineLog } from "./engine.ts";
import { fromStruct, marksOf, toServiceError, toStruct } from "./messages.ts";
import type { CheckResult, Diff, Log, Provider } from "./protocol.ts";
import { markSecrets, withSecretsOf } from "./secrets.ts";
import type { Properties } from "./values.ts";

interface Call<Request> {
  readonly request: Request;
}

/** The resource of a request. Engines before 3.132 send only the URN, so type and name are taken from it. */
function resourceOf(request: { getUrn(): string }) {
  const urn = request.getUrn();
  const [, , types = "", ...name] = urn.split("::");
  return { urn, type: types.slice(types.lastIndexOf("$") + 1), name: name.join("::") };
}

function autonamingOf(request: wire.CheckRequest): Autonaming | undefined {
  const options = request.getAutonaming();
  if (!options) return undefined;
  const { DISABLE, ENFORCE } = messages.CheckRequest.AutonamingOptions.Mode;
  if (options.getMode() === DISABLE) return { mode: "disable" };
  return {
    mode: options.getMode() === ENFORCE ? "enforce" : "propose",
    proposedName: options.getProposedName(),
  };
}

function checkResponse({ inputs, failures }: CheckResult, given: Properties): wire.CheckResponse {
  const failureList = failures.map(({ property, reason }) =>
    new messages.CheckFailure().setProperty(property).setReason(reason),
  );
  return new messages.CheckResponse()
    .setInputs(toStruct(markSecrets(inputs, given)))
    .setFailuresList(failureList);
}

function diffResponse({ changes, deleteBeforeReplace }: Diff): wire.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
  const { Kind } = messages.PropertyDiff;
  const kinds = {
    add: [Kind.ADD, Kind.ADD_REPLACE],
    delete: [Kind.DELETE, Kind.DELETE_REPLACE],
    update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
  } as const;
  const response = new messages.DiffResponse()
    .setChanges(changes.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setDeletebeforereplace(deleteBeforeReplace)
    .setHasdetaileddiff(true);
  for (const { path, kind, replace } of changes) {
    const difference = new messages.PropertyDiff().setKind(kinds[kind][replace ? 1 : 0]).setInputdiff(true);
    response.getDetaileddiffMap().set(formatPath(path), difference);
    response.addDiffs(String(path[0]));
    if (replace) response.addReplaces(String(path[0]));
  }
  return response;
}

/** The engine sends an empty struct if there were no inputs yet. */
const nonEmpty = (properties: Properties): Properties | undefined =>
  Object.keys(properties).length > 0 ? properties : undefined;

/** Configuration keys arrive as `aws:config:region`; plug-ins see `region`. */
function variablesOf(request: wire.ConfigureRequest): Record<string, string> {
  const entries: [string, string][] = [];
  request
    .getVariablesMap()
    .forEach((value, key) => entries.push([key.slice(key.lastIndexOf(":") + 1), value]));
  return Object.fromEntries(entries);
}

const handlers = {
  checkConfig: (provider: Provider, { request }: Call<wire.CheckRequest>) => {
    const result = provider.checkConfig(fromStruct(request.getNews()));
    return checkResponse(result, marksOf(request.getNews()));
  },
  // A changed configuration never replaces resources: they remain the same objects.
  diffConfig: (_provider: Provider, { request }: Call<wire.DiffRequest>) => {
    const changed =
      JSON.stringify(fromStruct(request.getOldInputs())) !== JSON.stringify(fromStruct(request.getNews()));
    const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
    return new messages.DiffResponse().setChanges(changed ? DIFF_SOME : DIFF_NONE);
  },
  configure: (provider: Provider, { request }: Call<wire.ConfigureRequest>) => {
    provider.configure(variablesOf(request));
    return new messages.ConfigureResponse()
      .setSupportspreview(true)
      .setSupportsAutonamingConfiguration(true)
      .setAcceptsecrets(true);
  },
  check: async (provider: Provider, { request }: Call<wire.CheckRequest>) =>
    checkResponse(
      await provider.check({
        ...resourceOf(request),
        oldInputs: nonEmpty(fromStruct(request.getOlds())),
        inputs: fromStruct(request.getNews()),
        seed: request.getRandomseed_asU8(),
        autonaming: autonamingOf(request),
      }),
      marksOf(request.getNews()),
    ),
  diff: (provider: Provider, { request }: Call<wire.DiffRequest>) =>
    diffResponse(
      provider.diff({
        ...resourceOf(request),
        id: request.getId(),
        oldInputs: fromStruct(request.getOldInputs()),
        oldOutputs: fromStruct(request.getOlds()),
        inputs: fromStruct(request.getNews()),
      }),
    ),
  create: async (provider: Provider, { request }: Call<wire.CreateRequest>) => {
    const created = provider.create({
      ...resourceOf(request),
      inputs: fromStruct(request.getProperties()),
      timeoutSeconds: request.getTimeout(),
      preview: request.getPreview(),
    });
    const { id, outputs } = await withSecretsOf(marksOf(request.getProperties()), created);
    return new messages.CreateResponse().setId(id).setProperties(toStruct(outputs));
  },
  read: async (provider: Provider, { request }: Call<wire.ReadRequest>) => {
    const found = provider.read({
      ...resourceOf(request),
      id: request.getId(),
      oldInputs: fromStruct(request.getInputs()),
      oldOutputs: fromStruct(request.getProperties()),
    });
    const state = await withSecretsOf(
      marksOf(request.getInputs()),
      found.then((read) => read ?? { id: "", inputs: {}, outputs: {} }),
    );
    // Only without properties does the engine see that what it looked up does not exist; an empty struct would be a resource without any.
    if (state.id === "") return new messages.ReadResponse();
    return new messages.ReadResponse()
      .setId(state.id)
      .setInputs(toStruct(state.inputs))
      .setProperties(toStruct(state.outputs));
  },
  update: async (provider: Provider, { request }: Call<wire.UpdateRequest>) => {
    const updated = provider.update({
      ...resourceOf(request),
      id: request.getId(),
      oldInputs: fromStruct(request.getOldInputs()),
      oldOutputs: fromStruct(request.getOlds()),
      inputs: fromStruct(request.getNews()),
      timeoutSeconds: request.getTimeout(),
      preview: request.getPreview(),
    });
    const given = marksOf(request.getNews());
    const { outputs } = await withSecretsOf(
      given,
      updated.then((state) => ({ outputs: state })),
    );
    return new messages.UpdateResponse().setProperties(toStruct(outputs));
  },
  delete: async (provider: Provider, { request }: Call<wire.DeleteRequest>) => {
    const outputs: Properties = fromStruct(request.getProperties());
    await provider.delete({
      ...resourceOf(request),
      id: request.getId(),
      outputs,
      timeoutSeconds: request.getTimeout(),
    });
    return new empty.Empty();
  },
  invoke: async (provider: Provider, { request }: Call<wire.InvokeRequest>) => {
    const result = await provider.invoke(request.getTok(), fromStruct(request.getArgs()));
    return new messages.InvokeResponse().setReturn(toStruct(result));
  },
  // Without types: the SDKs are the official ones, so nothing generates code from this.
  getSchema: ({ name, version }: Provider) =>
    new messages.GetSchemaResponse().setSchema(JSON.stringify({ name, version })),
  getPluginInfo: (provider: Provider) => new plugin.PluginInfo().setVersion(provider.version),
  cancel: (provider: Provider) => {
    provider.cancel();
    return new empty.Empty();
  },
};

/** Turns a function that returns or throws into a gRPC handler. */
function unary<Request, Response>(
  provider: Promise<Provider>,
  handle: (provider: Provider, call: Call<Request>) => Response | Promise<Response>,
): grpcTypes.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    const respond = (response: Response): void => {
      callback(null, response);
    };
    const fail = (error: unknown): void => {
      callback(toServiceError(error));
    };
    provider.then((ready) => handle(ready, call)).then(respond, fail);
  };
}

export interface Listening {
  readonly port: number;
  readonly close: () => void;
}

/** Listens on a free loopback port. @param provider requests wait for it */
export async function listen(provider: Promise<Provider>): Promise<Listening> {
  const methods = Object.entries(handlers).map(([name, handle]) => [name, unary(provider, handle as never)]);
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1 });
  server.addService(
    service.ResourceProviderService,
    Object.fromEntries(methods) as grpcTypes.UntypedServiceImplementation,
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return { port, close: () => server.forceShutdown() };
}

/**
 * Listens, and prints the port to stdout, as the protocol requires.
 * @param load makes the plug-in, given a log for Pulumi's display. It runs after the port is printed, so that the engine continues while the plug-in loads
 * @param engineAddress the first argument of the command line; without it nothing is logged
 */
export async function serve(
  load: (log: Log) => Promise<Provider>,
  engineAddress: string | undefined,
): Promise<void> {
  const { promise: provider, resolve: provide, reject: fail } = deferred<Provider>();
  const { port } = await listen(provider);
  console.log(String(port));
  await load(engineLog(engineAddress)).then(provide, fail);
}

function deferred<Value>() {
  let resolve!: (value: Value) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<Value>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}
