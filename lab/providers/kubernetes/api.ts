/** Objects of any kind. Discovery finds out where the API serves them. */
import { isArray, isObject, textOf, type Properties } from "../values.ts";
import { ApiError, type Client } from "./client.ts";
import type { Kind } from "./kinds.ts";

/** The API server does not serve the kind. */
export class NoMatchError extends Error {
  constructor({ apiVersion, kind }: Kind) {
    super(
      `no matches for kind "${kind}" in version "${apiVersion}": is its CustomResourceDefinition installed?`,
    );
  }
}

export interface ObjectName {
  readonly namespace: string | undefined;
  readonly name: string;
}

export interface ApplyOptions {
  readonly fieldManager: string;
  /** Takes fields over from other managers instead of failing. */
  readonly force: boolean;
  /** Persists nothing; the answer is what would be persisted. */
  readonly dryRun: boolean;
}

interface Served {
  readonly name: string;
  readonly namespaced: boolean;
}

const groupPath = (apiVersion: string): string =>
  apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;

export class Api {
  readonly #discovered = new Map<string, Promise<readonly Properties[]>>();

  readonly client: Client;

  constructor(client: Client) {
    this.client = client;
  }

  async isNamespaced(kind: Kind): Promise<boolean> {
    return (await this.#served(kind)).namespaced;
  }

  /** @returns undefined if there is no such object */
  async get(kind: Kind, name: ObjectName): Promise<Properties | undefined> {
    return this.#unlessNotFound(async () =>
      this.client.request({ method: "GET", path: await this.#path(kind, name) }),
    );
  }

  async list(
    kind: Kind,
    namespace: string | undefined,
    query: Record<string, string>,
  ): Promise<Properties[]> {
    const path = await this.#path(kind, { namespace, name: "" });
    const { items } = await this.client.request({ method: "GET", path, query });
    return isArray(items) ? items.filter(isObject) : [];
  }

  /** Server-side apply. https://kubernetes.io/docs/reference/using-api/server-side-apply/ */
  async apply(kind: Kind, name: ObjectName, object: Properties, options: ApplyOptions): Promise<Properties> {
    const { fieldManager, force, dryRun } = options;
    return this.client.request({
      method: "PATCH",
      path: await this.#path(kind, name),
      query: {
        fieldManager,
        force: String(force),
        fieldValidation: "Strict",
        ...(dryRun ? { dryRun: "All" } : {}),
      },
      body: object,
      contentType: "application/apply-patch+yaml",
    });
  }

  /** Succeeds if the object is already gone. */
  async delete(kind: Kind, name: ObjectName, propagationPolicy: string): Promise<void> {
    await this.#unlessNotFound(async () =>
      this.client.request({
        method: "DELETE",
        path: await this.#path(kind, name),
        body: { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy },
      }),
    );
  }

  async #path(kind: Kind, { namespace, name }: ObjectName): Promise<string> {
    const { name: plural, namespaced } = await this.#served(kind);
    const scope = namespaced && namespace !== undefined ? `/namespaces/${namespace}` : "";
    const tail = name === "" ? "" : `/${encodeURIComponent(name)}`;
    return `${groupPath(kind.apiVersion)}${scope}/${plural}${tail}`;
  }

  async #served(wanted: Kind): Promise<Served> {
    let resources = this.#discovered.get(wanted.apiVersion);
    if (!resources) {
      resources = this.client
        .request({ method: "GET", path: groupPath(wanted.apiVersion) })
        .then((list) => (isArray(list.resources) ? list.resources.filter(isObject) : []));
      this.#discovered.set(wanted.apiVersion, resources);
      resources.catch(() => this.#discovered.delete(wanted.apiVersion));
    }
    const found = (
      await resources.catch((error: unknown) => {
        throw error instanceof ApiError && error.code === 404 ? new NoMatchError(wanted) : error;
      })
    ).find(({ kind, name }) => kind === wanted.kind && !textOf(name).includes("/"));
    if (!found) {
      this.#discovered.delete(wanted.apiVersion);
      throw new NoMatchError(wanted);
    }
    return { name: textOf(found.name), namespaced: found.namespaced === true };
  }

  async #unlessNotFound<Result>(call: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await call();
    } catch (error) {
      if (error instanceof ApiError && error.code === 404) return undefined;
      throw error;
    }
  }
}
