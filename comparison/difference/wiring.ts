/** Where listeners lead. A listener that leads to another port of the nodes differs in many values, for one cause. */
import type { NodePort } from "../model/later.ts";
import type { ListenerFacts } from "../model/loadBalancer.ts";
import { factsIn } from "../model/sourceResult.ts";
import { sides } from "../result/bySide.ts";
import type { Side } from "../result/bySide.ts";
import type { Compared } from "./compared.ts";
import type { Expected } from "./entry.ts";
import { patternOf } from "./items.ts";
import type { OneSided } from "./oneSided.ts";
import { oneSidedIn } from "./oneSided.ts";
import { poolsIn, step } from "./shape.ts";
import type { Values } from "./values.ts";

export interface Wiring {
  readonly causes: readonly { readonly reason: string; readonly values: readonly Expected[] }[];
  /** The differences that are not about it. */
  readonly rest: readonly Expected[];
}

/** @param unexplained the differences for which the catalogue has no reason */
export function wiringIn(compared: Compared, unexplained: readonly Expected[]): Wiring {
  return [exchangedPorts, otherPorts, otherPools].reduce<Wiring>(
    (before, find) => {
      const { causes, rest } = find(compared, before.rest);
      return { causes: [...before.causes, ...causes], rest };
    },
    { causes: [], rest: unexplained },
  );
}

/** Each leads to the other's node port. What else differs is what the exchange brings along, such as rules with other clients for each. */
function exchangedPorts(compared: Compared, rows: readonly Expected[]): Wiring {
  const renamed = exchangeIn(rows.filter((row) => isPoolPort(row, compared)));
  if (renamed === undefined) return { causes: [], rest: rows };
  const { left, right } = compared.values;
  const rename = (text: string): string => text.replaceAll(nodePortRole, (role) => renamed.get(role) ?? role);
  const asRight: Values = new Map([...left].map(([path, value]) => [rename(path), rename(value)]));
  const isAlike = (path: string): boolean => {
    const [own, other] = [asRight.get(path), right.get(path)];
    // Who made an object differs for a reason of its own.
    return own === other || (path.endsWith(`${step}owner`) && own !== undefined && other !== undefined);
  };
  const isExchanged = ({ path }: Expected): boolean => {
    for (let next = rename(path); next !== path; next = rename(next)) if (!isAlike(next)) return false;
    return isAlike(path);
  };
  const side = sides.find((each) => leadsAstray(compared, each)) ?? "left";
  const ports = factsIn(compared[side].service)?.ports ?? [];
  const numbers = ports.flatMap(({ nodePort }) =>
    nodePort !== undefined && renamed.has(compared.roles[side].nodePort(nodePort)) ? [nodePort] : [],
  );
  const leads = listenersOn(compared, side)
    .filter((listener) => portsOf(compared, side, listener).some(({ role }) => renamed.has(role)))
    .map(
      (listener, index) =>
        `${index === 0 ? "its listener " : ""}${nameOf(compared, side, listener)} leads to ${inWords(compared, side, listener)}`,
    );
  return split(
    rows,
    isExchanged,
    `node ports ${listed(numbers.map(String))} are exchanged on the ${side}: ${listed(leads)}`,
  );
}

const nodePortRole = /<node port of [^>]+>/g;

/** Roles on the left with those on the right in their place, if they are the same ones in another order. */
function exchangeIn(rows: readonly Expected[]): ReadonlyMap<string, string> | undefined {
  const renamed = new Map<string, string>();
  for (const { left, right } of rows) {
    if (left === null || right === null || renamed.has(left)) continue;
    renamed.set(left, right);
  }
  const [from, to] = [[...renamed.keys()].sort(), [...renamed.values()].sort()];
  const isExchange = from.length > 1 && from.join() === to.join();
  return isExchange && from.every((role) => role.startsWith("<node port of ")) ? renamed : undefined;
}

/** A pool that is for the same listeners has another port of the nodes. */
function otherPorts(compared: Compared, rows: readonly Expected[]): Wiring {
  return rows
    .filter((row) => isPoolPort(row, compared))
    .reduce<Wiring>(
      (before, { path, left, right }) => {
        const pool = path.slice(0, -"port".length);
        const leads = listenersOn(compared, "left").filter(({ forwardsTo }) =>
          forwardsTo.some((id) => pool.endsWith(step + compared.roles.left.text(id) + step)),
        );
        const isPart = (row: Expected): boolean =>
          row.path.startsWith(pool) && /\bport$/.test(row.path) && row.left === left && row.right === right;
        const { causes, rest } = split(before.rest, isPart, elsewhere(compared, leads));
        return { causes: [...before.causes, ...causes], rest };
      },
      { causes: [], rest: rows },
    );
}

/** A listener leads to a pool of other listeners: each pool then is for other listeners than on the other side. */
function otherPools(compared: Compared, rows: readonly Expected[]): Wiring {
  const { shape } = compared.cloud;
  const forwards = rows.filter(
    ({ path, left, right }) =>
      patternOf(path, shape) === ["loadBalancer", "listeners", "*", "forwardsTo"].join(step) &&
      left !== null &&
      right !== null,
  );
  const pools = oneSidedIn(compared, rows).objects.filter(({ kind }) => kind === poolsIn(shape));
  const isMentioned = ({ name, side }: OneSided): boolean =>
    forwards.some((row) => row[side]?.includes(name) === true);
  const mentioned = pools.filter(isMentioned);
  if (!sides.every((side) => mentioned.some((pool) => pool.side === side))) return { causes: [], rest: rows };
  const ports = mentioned.map((pool) => portIn(pool));
  // The pool that has lost its listener.
  const places = pools.filter((pool) => isMentioned(pool) || ports.includes(portIn(pool)));
  const isPart = (row: Expected): boolean =>
    forwards.includes(row) || places.some(({ values }) => values.includes(row));
  return split(rows, isPart, elsewhere(compared));
}

function portIn({ place, side, values }: OneSided): string | null | undefined {
  return values.find(({ path }) => path === `${place}${step}port`)?.[side];
}

/** @param only of these on the left. @default all */
function elsewhere(compared: Compared, only = listenersOn(compared, "left")): string {
  const leads = only.flatMap((listener) => {
    const name = nameOf(compared, "left", listener);
    const other = listenersOn(compared, "right").find((each) => nameOf(compared, "right", each) === name);
    if (other === undefined) return [];
    const roles = [portsOf(compared, "left", listener), portsOf(compared, "right", other)].map((ports) =>
      ports.map(({ role }) => role).join(),
    );
    return roles[0] === roles[1]
      ? []
      : [
          `listener ${name} leads to ${inWords(compared, "left", listener)} on the left and to ${inWords(compared, "right", other)} on the right`,
        ];
  });
  return leads.length === 0 ? "listeners lead to the same ports of the nodes by other pools" : listed(leads);
}

function isPoolPort({ path, left, right }: Expected, { cloud: { shape } }: Compared): boolean {
  const pattern = [poolsIn(shape), "*", "port"].join(step);
  return left !== null && right !== null && patternOf(path, shape) === pattern;
}

/** Whether a listener leads to another port of the Service than the one that has its number. */
function leadsAstray(compared: Compared, side: Side): boolean {
  const ports = factsIn(compared[side].service)?.ports ?? [];
  return listenersOn(compared, side).some((listener) => {
    const own = ports.filter(({ port }) => port === listener.port);
    const led = portsOf(compared, side, listener);
    return own.length > 0 && led.some(({ port }) => own.every(({ nodePort }) => nodePort !== port));
  });
}

function listenersOn(compared: Compared, side: Side): readonly ListenerFacts[] {
  return factsIn(compared[side].loadBalancer)?.listeners ?? [];
}

function nameOf({ roles }: Compared, side: Side, listener: ListenerFacts): string {
  return roles[side].names.listener(listener);
}

interface Led {
  readonly port: NodePort;
  readonly role: string;
}

/** The nodes' ports to which a listener leads. */
function portsOf(compared: Compared, side: Side, { forwardsTo }: ListenerFacts): Led[] {
  const pools = factsIn(compared[side].loadBalancer)?.pools ?? [];
  return pools
    .filter(({ identity }) => forwardsTo.includes(identity.id))
    .map(({ port }) => ({ port, role: compared.roles[side].nodePort(port) }));
}

function inWords(compared: Compared, side: Side, listener: ListenerFacts): string {
  const ports = portsOf(compared, side, listener).map(({ port, role }) => {
    const [, name] = /^<node port of (.+)>$/.exec(role) ?? [];
    return `node port ${port}${name === undefined ? "" : ` of ${name}`}`;
  });
  return ports.length === 0 ? "nothing" : listed(ports);
}

function listed(items: readonly string[]): string {
  const [last = "", ...others] = [...items].reverse();
  return others.length === 0 ? last : `${others.reverse().join(", ")} and ${last}`;
}

function split(rows: readonly Expected[], isPart: (row: Expected) => boolean, reason: string): Wiring {
  const values = rows.filter(isPart);
  return {
    causes: values.length === 0 ? [] : [{ reason, values }],
    rest: rows.filter((row) => !values.includes(row)),
  };
}
