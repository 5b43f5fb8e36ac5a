/** A cloud that is not AWS: its load balancers are proxies with clocks of their own, and it documents so in its own words. */
import type { Expectations } from "../../../../comparison/clouds/expectations.ts";
import type { DocumentedBySide, DocumentedValue } from "../../../../comparison/scenarios/documented.ts";
import type { Conditions } from "../../../../comparison/scenarios/scenario.ts";
import { expectations as onAws, words } from "./conditions.ts";

export const sentence = "The other cloud says so.";
export const source = "https://cloud.example/documentation";

/** The same table, with the other cloud's words: values of a kind that has none of its own stay. */
function inOtherWords<T>(table: T): T {
  if (typeof table === "function")
    return ((...given: unknown[]) => inOtherWords((table as (...of: unknown[]) => unknown)(...given))) as T;
  if (typeof table !== "object" || table === null) return table;
  const said = Object.entries(table).map(([key, value]: [string, unknown]) => {
    if (key === "sentence") return [key, sentence];
    return [key, key === "source" ? source : inOtherWords(value)];
  });
  return Object.fromEntries(said) as T;
}

const is = <V>(value: V): DocumentedValue<V> => ({ value, sentence, source });
const both = <V>(value: V): DocumentedBySide<V> => ({ left: value, right: value, sentence, source });

const told = inOtherWords(onAws);

const expectations: Expectations = {
  ...told,
  // A proxy opens connections of its own.
  clientAddress: { local: is("the load balancer's"), localMasqueraded: is("the load balancer's") },
  hairpin: { ...told.hairpin, ownPercent: { plain: is(100), local: is(100), masqueraded: is(100) } },
  changeNodePort: {
    ...told.changeNodePort,
    there: {
      loses: both(false),
      losesKeptAlive: both(true),
      gap: both("none"),
      objects: both("1 rule replaced"),
    },
  },
};

export const otherCloud: Conditions = {
  timeScale: 1,
  clocks: {
    checks: {
      Cluster: { intervalSeconds: 5, timeoutSeconds: 5, unhealthyThresholdCount: 2 },
      Local: { intervalSeconds: 5, timeoutSeconds: 5, unhealthyThresholdCount: 2 },
    },
    registrationSeconds: { least: 0, most: 10 },
  },
  words: {
    ...words,
    loadBalancer: "Forwarder",
    shortLoadBalancer: "FW",
    pool: "pool",
    api: "Forwarding API",
    machineGroup: "instance group",
  },
  expectations,
};
