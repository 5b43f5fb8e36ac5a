/** What the API server refuses about addresses and IP families. Addresses that the cluster allocates are not checked. */
import { isIP } from "node:net";
import { plainAddress, plainRange } from "../addresses.ts";
import type { Path, Problem } from "./fields.ts";
import { duplicate, forbidden, invalid, unsupported } from "./reasons.ts";
import { sourceRangesAnnotation } from "../model/service.ts";
import { isHeadless, onlyLoadBalancer } from "./stored.ts";
import type { StoredService, StoredSpec } from "./stored.ts";

export function addressProblems(service: StoredService): Problem[] {
  const { spec } = service;
  return [
    ...headlessProblems(spec),
    ...(spec.type === "ExternalName"
      ? externalNameProblems(spec)
      : [...familyProblems(spec), ...clusterIpProblems(spec)]),
    ...externalIpProblems(spec),
    ...sourceRangeProblems(service),
  ];
}

const clusterIPs: Path = ["spec", "clusterIPs"];
const families = ["IPv4", "IPv6"];

/** The path that the user wrote: the API server copies `clusterIP` to `clusterIPs`. */
function headlessProblems(spec: StoredSpec): Problem[] {
  const { type } = spec;
  return isHeadless(spec) && (type === "LoadBalancer" || type === "NodePort")
    ? [invalid(["spec", "clusterIP"], "None", `may not be set to 'None' for ${type} services`)]
    : [];
}

function externalNameProblems(spec: StoredSpec): Problem[] {
  const isSet = {
    clusterIPs: (spec.clusterIPs ?? []).length > 0,
    ipFamilies: (spec.ipFamilies ?? []).length > 0,
    ipFamilyPolicy: spec.ipFamilyPolicy !== undefined,
  };
  return (["clusterIPs", "ipFamilies", "ipFamilyPolicy"] as const)
    .filter((field) => isSet[field])
    .map((field) => forbidden(["spec", field], "may not be set for ExternalName services"));
}

/** validation.go (ValidateServiceClusterIPsRelatedFields), alloc.go (initIPFamilyFields) */
function familyProblems({ ipFamilies = [], ipFamilyPolicy }: StoredSpec): Problem[] {
  return [
    ...ipFamilies.flatMap((family, index) => {
      const path = ["spec", "ipFamilies", index];
      if (!families.includes(family)) return [unsupported(path, family, families)];
      return ipFamilies.indexOf(family) < index ? [duplicate(path, family)] : [];
    }),
    ...(ipFamilyPolicy === "SingleStack" && ipFamilies.length > 1
      ? [
          invalid(
            ["spec", "ipFamilyPolicy"],
            ipFamilyPolicy,
            "must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified",
          ),
        ]
      : []),
  ];
}

function clusterIpProblems(spec: StoredSpec): Problem[] {
  const { clusterIP, clusterIPs: all = [], ipFamilies = [], ipFamilyPolicy } = spec;
  const [first] = all;
  const isAddress = (address: string, index: number): boolean =>
    (address === "None" && index === 0) || plainAddress(address) !== undefined;
  const wrong = all.flatMap((address, index) =>
    isAddress(address, index) ? [] : [invalid([...clusterIPs, index], address, notAnAddress)],
  );
  const problems =
    wrong.length > 0
      ? wrong
      : all.flatMap((address, index): Problem[] => {
          const path = [...clusterIPs, index];
          if (address === "None" && index === 0)
            return all.length > 1
              ? [invalid(clusterIPs, all, "'None' must be the first and only value")]
              : [];
          const family = ipFamilies[index];
          return family === undefined ||
            !families.includes(family) ||
            family === familyOf(plainAddress(address) ?? "")
            ? []
            : [
                invalid(
                  path,
                  address,
                  `expected an ${family} value as indicated by \`ipFamilies[${index}]\``,
                ),
              ];
        });
  if (first !== undefined && clusterIP === undefined)
    problems.push(invalid(clusterIPs, all, "must be empty when `clusterIP` is not specified"));
  else if (first !== undefined && clusterIP !== first)
    problems.push(invalid(clusterIPs, all, "first value must match `clusterIP`"));
  if (all.length > 2) problems.push(invalid(clusterIPs, all, "may only hold up to 2 values"));
  const given = all.flatMap((address) => plainAddress(address) ?? []).map(familyOf);
  if (new Set(given).size < given.length)
    problems.push(invalid(clusterIPs, all, "may specify no more than one IP for each IP family"));
  if (all.length === 2 && ipFamilyPolicy === "SingleStack") {
    problems.push(
      invalid(
        ["spec", "ipFamilyPolicy"],
        ipFamilyPolicy,
        "must be 'RequireDualStack' or 'PreferDualStack' when multiple cluster IPs are specified",
      ),
    );
  }
  return problems;
}

function familyOf(address: string): string {
  return isIP(address) === 6 ? "IPv6" : "IPv4";
}

const notAnAddress = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";

/** Addresses that are for no Service. validation.go (ValidateEndpointIP) */
const special: readonly (readonly [RegExp, string])[] = [
  [/^(0\.0\.0\.0|::)$/, "may not be unspecified"],
  [/^(127\.|::1$)/, "may not be in the loopback range (127.0.0.0/8, ::1/128)"],
  [/^(169\.254\.|fe[89ab])/i, "may not be in the link-local range (169.254.0.0/16, fe80::/10)"],
  [/^(224\.0\.0\.|ff02:)/i, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)"],
];

function externalIpProblems({ externalIPs = [] }: StoredSpec): Problem[] {
  return externalIPs.flatMap((address, index) => {
    const path = ["spec", "externalIPs", index];
    const plain = plainAddress(address);
    if (plain === undefined) return [invalid(path, address, notAnAddress)];
    return special.filter(([range]) => range.test(plain)).map(([, reason]) => invalid(path, address, reason));
  });
}

function sourceRangeProblems({ metadata, spec }: StoredService): Problem[] {
  const { type, loadBalancerSourceRanges = [] } = spec;
  const annotated = metadata?.annotations?.[sourceRangesAnnotation];
  const [path, ranges]: [Path, readonly string[]] =
    loadBalancerSourceRanges.length > 0
      ? [["spec", "loadBalancerSourceRanges"], loadBalancerSourceRanges]
      : [["metadata", "annotations", sourceRangesAnnotation], annotated?.trim() ? annotated.split(",") : []];
  const isSet = loadBalancerSourceRanges.length > 0 || annotated !== undefined;
  return [
    ...(isSet && type !== "LoadBalancer" ? [forbidden(path, onlyLoadBalancer)] : []),
    ...ranges.flatMap((range, index) =>
      plainRange(range.trim()) !== undefined
        ? []
        : [
            invalid(
              path[0] === "spec" ? [...path, index] : path,
              range.trim(),
              `must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)${withLength(range.trim())}`,
            ),
          ],
    ),
  ];
}

/** What an address without a length was probably meant to be. */
function withLength(address: string): string {
  const plain = plainAddress(address);
  return plain === undefined ? "" : `; for this one address, write ${plain}/${isIP(plain) === 6 ? 128 : 32}`;
}
