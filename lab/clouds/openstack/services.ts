/** The command lines of the OpenStack services, and whether they answer. */
import { delimiter, join } from "node:path";
import type { Command } from "../../supervisor/process.ts";
import { apiAddress, apiInside, services } from "./layout.ts";
import type { Service } from "./layout.ts";

const scripts = ["services", "balancer"].map((folder) => join(import.meta.dirname, folder));

export interface ServicePlace {
  readonly python: string;
  /** The services' data bases, configuration and sockets. */
  readonly directory: string;
  /** The address by which the host reaches the APIs. */
  readonly apiUrl: string;
}

/** One API. It may be killed at any time. */
export const serviceCommand = (service: Service, place: ServicePlace): Command =>
  python(place, "services/serve.py", service, place.directory, place.apiUrl);

/** Octavia's driver agent, with the load balancers' data plane. */
export const driverAgentCommand = (place: ServicePlace): Command =>
  python(place, "balancer/driver_agent.py", place.directory);

const python = (place: ServicePlace, script: string, ...args: readonly string[]): Command => ({
  program: place.python,
  args: [join(import.meta.dirname, script), ...args],
  env: {
    // Octavia finds the provider driver among the packages there.
    PYTHONPATH: scripts.join(delimiter),
    // No compiled modules in the checkout; those of the services are in the virtual environment.
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHONUNBUFFERED: "1",
    // The services warn of each policy and option that their next releases drop.
    PYTHONWARNINGS: "ignore",
    // What they cache must not go into the user's home.
    XDG_CACHE_HOME: join(place.directory, "cache"),
  },
});

/** The one address of all APIs, as DevStack's Apache has it. */
export function apiConfiguration(): string {
  const names = Object.keys(services) as Service[];
  return [
    "defaults",
    "  mode http",
    "  timeout connect 5s",
    "  timeout client 120s",
    "  timeout server 120s",
    "frontend api",
    `  bind 0.0.0.0:${apiAddress.port}`,
    ...names.map((name) => `  use_backend ${name} if { path_beg ${services[name].prefix} }`),
    ...names.flatMap((name) => [`backend ${name}`, `  server ${name} 127.0.0.1:${services[name].port}`]),
    "",
  ].join("\n");
}

export const apiCommand = (configuration: string): Command => ({
  program: "haproxy",
  args: ["-db", "-f", configuration],
});

/** Whether all services answer. */
export async function servicesAnswer(): Promise<boolean> {
  const answers = await Promise.all(
    Object.values(services).map(({ prefix, ready }) =>
      fetch(`${apiInside}${prefix}${ready}`, { signal: AbortSignal.timeout(5_000) }).then(
        ({ ok }) => ok,
        () => false,
      ),
    ),
  );
  return answers.every(Boolean);
}
