/**
 * Credentials as OpenStack's own clients find them: the cloud that OS_CLOUD names in clouds.yaml, or else the variables OS_*.
 * https://docs.openstack.org/openstacksdk/latest/user/config/configuration.html
 */
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { parse } from "yaml";
import { PlainReason } from "../../../sources/reasons/plainReason.ts";

const text = v.pipe(
  v.union([v.string(), v.number()]),
  v.transform((value) => String(value)),
);

/** By the names in clouds.yaml. */
const auth = v.object({
  auth_url: text,
  username: v.optional(text),
  user_id: v.optional(text),
  password: v.optional(text),
  user_domain_id: v.optional(text),
  user_domain_name: v.optional(text),
  project_id: v.optional(text),
  project_name: v.optional(text),
  project_domain_id: v.optional(text),
  project_domain_name: v.optional(text),
  domain_id: v.optional(text),
  domain_name: v.optional(text),
  application_credential_id: v.optional(text),
  application_credential_name: v.optional(text),
  application_credential_secret: v.optional(text),
  token: v.optional(text),
});

const cloud = v.object({ auth, region_name: v.optional(text), interface: v.optional(text) });

export type Auth = v.InferOutput<typeof auth>;

export interface Credentials {
  readonly auth: Auth;
  /** @default the only one */
  readonly region: string | undefined;
  /** Of the endpoints in the catalog. */
  readonly interface: string;
}

type Environment = Readonly<Partial<Record<string, string>>>;

/** @throws PlainReason if there are none, or not enough */
export function findCredentials(environment: Environment = process.env): Credentials {
  const name = environment.OS_CLOUD ?? "";
  const found = name === "" ? fromVariables(environment) : fromFile(name, environment);
  const { success, output, issues } = v.safeParse(cloud, found);
  if (!success)
    throw new PlainReason(
      `the credentials for OpenStack are incomplete: ${issues.map((issue) => v.getDotPath(issue) ?? "auth").join(", ")} is missing; set OS_CLOUD to a cloud of clouds.yaml, or OS_AUTH_URL, OS_USERNAME, OS_PASSWORD, OS_PROJECT_NAME and the domains`,
    );
  return { auth: output.auth, region: output.region_name, interface: output.interface ?? "public" };
}

function fromVariables(environment: Environment): unknown {
  const names = Object.keys(auth.entries);
  const given = names.flatMap((name) => {
    const value = environment[`OS_${name.toUpperCase()}`] ?? "";
    return value === "" ? [] : [[name, value] as const];
  });
  const { OS_REGION_NAME: region, OS_INTERFACE: face, OS_DEFAULT_DOMAIN: domain } = environment;
  const domains = domain === undefined ? {} : { user_domain_id: domain, project_domain_id: domain };
  return {
    auth: { ...domains, ...Object.fromEntries(given) },
    ...(region === undefined ? {} : { region_name: region }),
    ...(face === undefined ? {} : { interface: face }),
  };
}

function fromFile(name: string, { OS_CLIENT_CONFIG_FILE: file }: Environment): unknown {
  const places =
    file === undefined
      ? ["clouds.yaml", join(homedir(), ".config/openstack/clouds.yaml"), "/etc/openstack/clouds.yaml"]
      : [file];
  const found = places.flatMap((place) => readIfThere(place));
  const all = v.safeParse(v.object({ clouds: v.record(v.string(), v.unknown()) }), found[0]);
  const wanted = all.success ? all.output.clouds[name] : undefined;
  if (wanted === undefined)
    throw new PlainReason(
      `no clouds.yaml has the cloud ${name} that OS_CLOUD names; looked at ${places.join(", ")}`,
    );
  return wanted;
}

function readIfThere(place: string): unknown[] {
  try {
    return [parse(readFileSync(place, "utf8"))];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw new PlainReason(
      `${place} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
