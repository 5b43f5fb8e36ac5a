/** A session with Keystone, and questions to the services that its catalog names. https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management */
import * as v from "valibot";
import type { Auth, Credentials } from "./credentials.ts";

export type ServiceType = "load-balancer" | "network";

/** An answer that is no success. */
export class OpenStackError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = "OpenStackError";
    this.status = status;
  }
}

const tokenAnswer = v.object({
  token: v.object({
    catalog: v.optional(
      v.array(
        v.object({
          type: v.string(),
          endpoints: v.array(
            v.object({ interface: v.string(), url: v.string(), region: v.optional(v.nullable(v.string())) }),
          ),
        }),
      ),
      [],
    ),
  }),
});

interface Session {
  readonly token: string;
  readonly endpoints: Readonly<Record<ServiceType, string>>;
}

export class OpenStackApi {
  readonly #credentials: Credentials;
  #session: Promise<Session> | undefined;

  constructor(credentials: Credentials) {
    this.#credentials = credentials;
  }

  /** Where it is, in words. */
  get place(): string {
    const { region, auth } = this.#credentials;
    return region ?? new URL(auth.auth_url).host;
  }

  /**
   * All of a collection, page by page.
   * @param path such as `v2/lbaas/loadbalancers`
   * @param key of the list in the answer
   * @throws Error naming the value, if the answer is not what the API documents
   */
  async list<T>(
    service: ServiceType,
    path: string,
    key: string,
    item: v.GenericSchema<unknown, T>,
    signal?: AbortSignal,
  ): Promise<T[]> {
    const page = v.object({
      [key]: v.array(item),
      [`${key}_links`]: v.optional(v.array(v.object({ rel: v.string(), href: v.string() })), []),
    });
    const found: T[] = [];
    let next: string | undefined = path;
    while (next !== undefined) {
      const parsed = v.safeParse(page, await this.ask("GET", service, next, { signal }));
      if (!parsed.success) throw new Error(unexpected(next, parsed.issues[0]));
      const answer: Record<string, unknown> = parsed.output;
      found.push(...(answer[key] as T[]));
      const links = answer[`${key}_links`] as readonly { rel: string; href: string }[];
      next = links.find(({ rel }) => rel === "next")?.href;
    }
    return found;
  }

  /** @param path below the service's endpoint, or an address that it gave @throws OpenStackError */
  async ask(
    method: "GET" | "PUT" | "POST" | "DELETE",
    service: ServiceType,
    path: string,
    { body, signal }: { readonly body?: unknown; readonly signal?: AbortSignal | undefined } = {},
  ): Promise<unknown> {
    this.#session ??= this.#signIn(signal);
    const session = await this.#session.catch((error: unknown) => {
      this.#session = undefined;
      throw error;
    });
    const answer = await fetch(addressOf(session.endpoints[service], path), {
      method,
      headers: { "X-Auth-Token": session.token, "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new OpenStackError(answer.status, messageIn(text) ?? answer.statusText);
    return text === "" ? undefined : (JSON.parse(text) as unknown);
  }

  async #signIn(signal: AbortSignal | undefined): Promise<Session> {
    const { auth, region, interface: face } = this.#credentials;
    const answer = await fetch(addressOf(auth.auth_url.replace(/\/v3\/?$/, ""), "v3/auth/tokens"), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ auth: { identity: identityOf(auth), ...scopeOf(auth) } }),
      ...(signal === undefined ? {} : { signal }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new OpenStackError(answer.status, messageIn(text) ?? answer.statusText);
    const { catalog } = v.parse(tokenAnswer, JSON.parse(text)).token;
    const endpoint = (type: ServiceType): string => {
      const urls = catalog
        .filter((each) => each.type === type)
        .flatMap(({ endpoints }) => endpoints)
        .filter((each) => each.interface === face && (region === undefined || each.region === region));
      const [first] = urls;
      if (first === undefined)
        throw new OpenStackError(
          404,
          `the catalog has no ${face} endpoint of a ${type} service${region === undefined ? "" : ` in ${region}`}`,
        );
      return first.url;
    };
    return {
      token: answer.headers.get("X-Subject-Token") ?? "",
      endpoints: { "load-balancer": endpoint("load-balancer"), network: endpoint("network") },
    };
  }
}

const unexpected = (path: string, issue: v.BaseIssue<unknown>): string =>
  `the answer to GET ${path} is not as documented, at ${v.getDotPath(issue) ?? "its top"}: ${issue.message}`;

/** Endpoints end with a slash, or not, and some with the version that paths begin with. */
function addressOf(endpoint: string, path: string): string {
  if (/^https?:/.test(path)) return path;
  return `${endpoint.replace(/\/+$/, "").replace(/\/v2(\.0)?$/, "")}/${path}`;
}

function identityOf(auth: Auth): object {
  if (auth.token !== undefined) return { methods: ["token"], token: { id: auth.token } };
  const user = {
    ...(auth.user_id === undefined ? { name: auth.username } : { id: auth.user_id }),
    ...(auth.user_id === undefined
      ? { domain: domainOf(auth.user_domain_id ?? auth.domain_id, auth.user_domain_name ?? auth.domain_name) }
      : {}),
  };
  const { application_credential_secret: secret, application_credential_id: id } = auth;
  if (secret !== undefined)
    return {
      methods: ["application_credential"],
      application_credential:
        id === undefined ? { name: auth.application_credential_name, secret, user } : { id, secret },
    };
  return { methods: ["password"], password: { user: { ...user, password: auth.password } } };
}

/** An application credential has the scope that it was made with. */
function scopeOf(auth: Auth): object {
  if (auth.application_credential_secret !== undefined) return {};
  const { project_id: id, project_name: name } = auth;
  if (id !== undefined) return { scope: { project: { id } } };
  const domain = domainOf(
    auth.project_domain_id ?? auth.domain_id ?? auth.user_domain_id,
    auth.project_domain_name ?? auth.domain_name ?? auth.user_domain_name,
  );
  return name === undefined ? {} : { scope: { project: { name, domain } } };
}

const domainOf = (id: string | undefined, name: string | undefined): object =>
  id !== undefined ? { id } : name !== undefined ? { name } : { id: "default" };

/** Keystone, Neutron and Octavia each have their own form. */
function messageIn(text: string): string | undefined {
  try {
    const body: unknown = JSON.parse(text);
    const found = v.safeParse(
      v.union([
        v.object({ error: v.object({ message: v.string() }) }),
        v.object({ NeutronError: v.object({ message: v.string() }) }),
        v.object({ faultstring: v.string() }),
      ]),
      body,
    );
    if (!found.success) return undefined;
    const { output } = found;
    if ("error" in output) return output.error.message;
    return "NeutronError" in output ? output.NeutronError.message : output.faultstring;
  } catch {
    return undefined;
  }
}
