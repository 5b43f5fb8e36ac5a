/** The Services that a command line names. */
import type { BySide } from "../comparison/result/bySide.ts";
import type { ServiceRef } from "../comparison/sources/kubernetes/reader.ts";
import { UsageError } from "./command.ts";

/**
 * Each Service to compare the first one with, on the right.
 *
 * @param names the values of `--service`
 * @returns undefined if there are fewer than three
 * @throws {UsageError} if two of them are the same
 */
export function severalServices(names: readonly string[]): readonly BySide<ServiceRef>[] | undefined {
  const [first, ...others] = names;
  if (first === undefined || others.length < 2) return undefined;
  const again = others.find((name, index) => [first, ...others.slice(0, index)].includes(name));
  if (again !== undefined)
    throw new UsageError(`--service "${again}" is given twice; give different Services`);
  const left = parseService(first);
  return others.map((name) => ({ left, right: parseService(name) }));
}

/**
 * @param names the values of `--service`
 * @returns undefined if there are none
 * @throws {UsageError} if they are not two different Services
 */
export function twoServices(names: readonly string[]): BySide<ServiceRef> | undefined {
  const [left, right, ...more] = names.map((name) => parseService(name));
  if (left === undefined) return undefined;
  if (right === undefined || more.length > 0)
    throw new UsageError(
      `--service is given ${names.length === 1 ? "once" : `${names.length} times`}; give it twice, or leave it out to compare the stack dev`,
    );
  if (left.namespace === right.namespace && left.name === right.name)
    throw new UsageError(
      `--service "${left.namespace}/${left.name}" is given twice; give two different Services`,
    );
  return { left, right };
}

/**
 * @param names the values of `--load-balancer`, in the order of the Services
 * @throws {UsageError} if there are not as many as Services
 */
export function withLoadBalancers(
  services: BySide<ServiceRef> | undefined,
  names: readonly string[],
): BySide<ServiceRef> | undefined {
  const [left, right, ...more] = names;
  if (left === undefined) return services;
  if (services === undefined)
    throw new UsageError("--load-balancer is given without --service; give two Services, or leave it out");
  if (right === undefined || more.length > 0)
    throw new UsageError(
      `--load-balancer is given ${names.length === 1 ? "once" : `${names.length} times`}; give it twice, in the order of --service`,
    );
  if (names.includes(""))
    throw new UsageError('--load-balancer "" is not allowed; allowed is a name or an ARN');
  return {
    left: { ...services.left, loadBalancer: left },
    right: { ...services.right, loadBalancer: right },
  };
}

/** @param option that names it */
export function parseService(text: string, option = "service"): ServiceRef {
  const [namespace = "", name = "", ...rest] = text.split("/");
  if (namespace === "" || name === "" || rest.length > 0)
    throw new UsageError(
      `--${option} "${text}" is not allowed; allowed is NAMESPACE/NAME, such as default/web`,
    );
  return { namespace, name };
}
