/** Calls of the lab's own to the OpenStack APIs. */
import { services, user } from "./layout.ts";
import type { Service } from "./layout.ts";

export interface Api {
  get<Answer>(service: Service, path: string): Promise<Answer>;
  post<Answer>(service: Service, path: string, body: object): Promise<Answer>;
  put(service: Service, path: string, body: object): Promise<void>;
  delete(service: Service, path: string): Promise<void>;
}

const timeoutMs = 60_000;

/** @param url where the APIs answer: their common address */
export function openApi(url: string): Api {
  let token: string | undefined;

  async function call(method: string, service: Service, path: string, body?: object): Promise<Response> {
    token ??= await authenticate(url);
    const response = await fetch(`${url}${services[service].prefix}${path}`, {
      method,
      headers: { "X-Auth-Token": token, "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.ok) return response;
    // A token expires, and a new state of the lab knows no old one.
    if (response.status === 401) token = undefined;
    throw new Error(`${method} ${path} of ${service}: ${response.status} ${await response.text()}`);
  }

  return {
    get: async (service, path) => (await (await call("GET", service, path)).json()) as never,
    post: async (service, path, body) => (await (await call("POST", service, path, body)).json()) as never,
    put: async (service, path, body) => {
      await call("PUT", service, path, body);
    },
    delete: async (service, path) => {
      await call("DELETE", service, path);
    },
  };
}

/** https://docs.openstack.org/api-ref/identity/v3/#password-authentication-with-scoped-authorization */
async function authenticate(url: string): Promise<string> {
  const domain = { id: user.domain };
  const auth = {
    identity: {
      methods: ["password"],
      password: { user: { name: user.name, domain, password: user.password } },
    },
    scope: { project: { name: user.project, domain } },
  };
  const response = await fetch(`${url}${services.keystone.prefix}/v3/auth/tokens`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ auth }),
    signal: AbortSignal.timeout(timeoutMs),
  });
  const token = response.headers.get("X-Subject-Token");
  if (token === null) throw new Error(`keystone gives no token: ${response.status} ${await response.text()}`);
  return token;
}
