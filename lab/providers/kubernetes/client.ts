/** The Kubernetes API over HTTPS, as plain JSON: typed clients drop fields that they do not know. */
import { existsSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { homedir } from "node:os";
import path from "node:path";
import type { KubeConfig } from "@kubernetes/client-node";
import { textOf, type Properties } from "../values.ts";
import type { Config } from "./config.ts";

/** An unsuccessful answer of the API server. https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/ */
export class ApiError extends Error {
  readonly code: number;
  readonly reason: string;

  constructor(code: number, reason: string, message: string) {
    super(message);
    this.code = code;
    this.reason = reason;
  }
}

/** The API server did not answer. */
export class UnreachableError extends Error {
  constructor(reason: string, isLab: boolean) {
    const remedy = isLab ? "; the lab is not running; start it with: npm run lab -- up" : "";
    super(`configured Kubernetes cluster is unreachable: ${reason}${remedy}`);
  }
}

export interface Request {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** From the root, for example `/api/v1/namespaces`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly contentType?: string;
}

export interface Client {
  /** @throws ApiError or UnreachableError. */
  request(request: Request): Promise<Properties>;
  /** The namespace of the kubeconfig's context. */
  readonly namespace: string;
}

const answerTimeoutMs = 30_000;

const isContent = (kubeconfig: string): boolean => /^\s*[{]|\n|^apiVersion:/.test(kubeconfig);

/** Labs write their kubeconfigs below `.lab/` in the checkout. */
const isLabPath = (file: string): boolean =>
  path.dirname(path.resolve(file)).split(path.sep).includes(".lab");

function load(
  KubeConfigClass: typeof KubeConfig,
  config: Config,
): { kubeconfig: KubeConfig; isLab: boolean } {
  const kubeconfig = new KubeConfigClass();
  let isLab = false;
  if (config.kubeconfig === undefined) {
    kubeconfig.loadFromDefault();
  } else if (isContent(config.kubeconfig)) {
    kubeconfig.loadFromString(config.kubeconfig);
  } else {
    const file = config.kubeconfig.replace(/^~(?=\/)/, homedir());
    isLab = isLabPath(file);
    if (!existsSync(file))
      throw new UnreachableError(`kubernetes:kubeconfig: there is no file ${path.resolve(file)}`, isLab);
    kubeconfig.loadFromFile(file);
  }
  if (config.context !== undefined) {
    const known = kubeconfig.getContexts().map(({ name }) => name);
    if (!known.includes(config.context))
      throw new Error(
        `kubernetes:context: "${config.context}" is not in the kubeconfig, which has ${known.join(", ")}`,
      );
    kubeconfig.setCurrentContext(config.context);
  }
  return { kubeconfig, isLab };
}

async function send(
  server: URL,
  options: https.RequestOptions,
  body: string | undefined,
): Promise<{ code: number; text: string }> {
  return new Promise((resolve, reject) => {
    const request = (server.protocol === "https:" ? https : http).request(server, options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        resolve({ code: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") });
      });
    });
    request.on("error", reject);
    request.setTimeout(answerTimeoutMs, () => {
      request.destroy(new Error(`no answer within ${String(answerTimeoutMs / 1000)} s`));
    });
    request.end(body);
  });
}

function parse(text: string): Properties {
  try {
    return JSON.parse(text) as Properties;
  } catch {
    return { message: text.trim() };
  }
}

/** Reads the kubeconfig; the first request shows whether the API server answers. The client library loads slowly, so it is loaded here. */
export async function connect(config: Config): Promise<Client> {
  const { KubeConfig: KubeConfigClass } = await import("@kubernetes/client-node/dist/config.js");
  const { kubeconfig, isLab } = load(KubeConfigClass, config);
  const context = kubeconfig.getContextObject(kubeconfig.getCurrentContext());
  const cluster =
    config.cluster === undefined ? kubeconfig.getCurrentCluster() : kubeconfig.getCluster(config.cluster);
  if (!cluster) throw new UnreachableError("the kubeconfig has no cluster for its current context", isLab);
  const { proxyUrl } = cluster;
  const base = cluster.server.replace(/\/$/, "");
  const keepAlive = { keepAlive: true, maxSockets: 16 };
  const ownAgent = cluster.server.startsWith("https:")
    ? new https.Agent(keepAlive)
    : new http.Agent(keepAlive);

  async function request({ method, path: target, query, body, contentType }: Request): Promise<Properties> {
    const server = new URL(base + target);
    for (const [key, value] of Object.entries(query ?? {})) server.searchParams.set(key, value);
    const options: https.RequestOptions = {};
    await kubeconfig.applyToHTTPSOptions(options);
    const text = body === undefined ? undefined : JSON.stringify(body);
    const answer = await send(
      server,
      {
        ...options,
        method,
        // The kubeconfig's agent opens a connection for each request. Only a proxy needs it.
        agent: proxyUrl === undefined ? ownAgent : options.agent,
        headers: {
          ...(options.headers as http.OutgoingHttpHeaders | undefined),
          Accept: "application/json",
          // Node sends the body of a DELETE without its length, and the server takes it for the next request.
          ...(text !== undefined && {
            "Content-Type": contentType ?? "application/json",
            "Content-Length": String(Buffer.byteLength(text)),
          }),
        },
      },
      text,
    ).catch((error: unknown) => {
      const { code = "", message } = error as NodeJS.ErrnoException;
      throw new UnreachableError(`${server.origin}: ${message}`, isLab && code === "ECONNREFUSED");
    });
    const result = parse(answer.text);
    if (answer.code < 400) return result;
    throw new ApiError(answer.code, textOf(result.reason), textOf(result.message) || answer.text);
  }

  return { request, namespace: context?.namespace ?? "default" };
}
