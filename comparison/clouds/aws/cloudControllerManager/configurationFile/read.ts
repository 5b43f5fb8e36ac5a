/** The controller's configuration file as the model needs it. */
import { nearest } from "../../../../nearest.ts";
import { defaultConfiguration, defaultProbe } from "../configuration.ts";
import type { Configuration } from "../configuration.ts";
import { ConfigurationError } from "./error.ts";
import { readGcfg } from "./gcfg.ts";
import type { Section, Variable } from "./gcfg.ts";
import { keys, named, noIngress, probeMode, probePath, probePort, securityGroupMode } from "./keys.ts";
import type { Type } from "./keys.ts";

/**
 * @param file its name, for errors
 * @throws ConfigurationError for what the controller does not read, and for sections and keys that it would ignore
 */
export function readConfiguration(text: string, file: string): Configuration {
  const { sections, variables } = readGcfg(text, file);
  const fail = (line: number, reason: string): never => {
    throw new ConfigurationError(file, line, reason);
  };
  for (const section of sections) sectionOf(section, fail);
  const global = new Map<string, string>();
  for (const variable of variables) {
    const section = sectionOf(variable, fail);
    const known = keys[section] ?? {};
    const key = keyOf(variable, section, Object.keys(known), fail);
    const value = valueOf(variable, key, known[key] ?? "text", fail);
    if (section === "Global") global.set(key, value);
  }
  const shared = global.get(probeMode) === "Shared";
  // 0 and an empty path mean the defaults: aws.go (buildNLBHealthCheckConfiguration).
  const [port, path] = [Number(global.get(probePort)), global.get(probePath) ?? ""];
  const probe = {
    port: port > 0 ? port : defaultProbe.port,
    path: path === "" ? defaultProbe.path : path,
  };
  return {
    ...defaultConfiguration,
    ...(shared ? { sharedHealthProbe: probe } : {}),
    managesSecurityGroups: global.get(securityGroupMode) === "Managed",
    opensNodes: global.get(noIngress) !== "true",
  };
}

type Fail = (line: number, reason: string) => never;

/** gcfg ignores case. */
function same(a: string): (b: string) => boolean {
  return (b) => a.toLowerCase() === b.toLowerCase();
}

/** gcfg leaves sections and keys that it does not know out, and the controller starts all the same. */
function sectionOf({ section, subsection, line }: Section, fail: Fail): string {
  const found = Object.keys(keys).find(same(section));
  if (found === undefined)
    return fail(
      line,
      `the controller ignores the section [${section}]; allowed are ${Object.keys(keys).join(" and ")}`,
    );
  if (!named.has(found) && subsection !== undefined)
    return fail(
      line,
      `the controller ignores the section [${section} "${subsection}"]; allowed is [${found}]`,
    );
  return found;
}

function keyOf({ key, line }: Variable, section: string, known: readonly string[], fail: Fail): string {
  const found = known.find(same(key));
  if (found !== undefined) return found;
  const meant = nearest(key, known);
  const instead = meant === undefined ? `allowed are ${known.join(", ")}` : `${meant} is probably meant`;
  return fail(line, `the controller ignores ${key} in [${section}]; ${instead}`);
}

/** https://github.com/go-gcfg/gcfg/blob/v1.2.3/types/bool.go; gcfg ignores case. */
const truths: Readonly<Record<string, "true" | "false">> = {
  true: "true",
  yes: "true",
  on: "true",
  1: "true",
  false: "false",
  no: "false",
  off: "false",
  0: "false",
};

function valueOf({ value, line }: Variable, key: string, type: Type, fail: Fail): string {
  const wrong = (allowed: string): never => fail(line, `${key} is "${value ?? ""}"; ${allowed}`);
  if (value === undefined) {
    // Without `=`, a truth is true and a list is emptied: set.go (boolSetter, set).
    if (type === "bool") return "true";
    if (type === "list") return "";
    return fail(line, `${key} has no value; write ${key} = ...`);
  }
  if (type === "bool") {
    return truths[value.toLowerCase()] ?? wrong(`allowed are ${Object.keys(truths).join(", ")}`);
  }
  if (type === "port") {
    const number = /^[+-]?\d+$|^[+-]?0x[\da-f]+$/i.test(value.trim()) ? Number(value) : NaN;
    return number >= 0 && number <= 65535 ? String(number) : wrong("allowed are ports from 1 to 65535");
  }
  if (type === "path") {
    return /^(\/.*)?$/.test(value) ? value : wrong("allowed are paths that begin with /");
  }
  if (typeof type === "string" || value === "" || type.includes(value)) return value;
  return wrong(`allowed ${type.length === 1 ? "is" : "are"} ${type.join(" and ")}, or no such key`);
}
